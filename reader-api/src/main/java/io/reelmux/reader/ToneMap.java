package io.reelmux.reader;

/** How the luminance of HDR video is brought into the range of SDR. */
public enum ToneMap {
  /** What is brighter than SDR white becomes white. */
  CLIP,
  /** Leaves dark parts as they are and rolls off bright ones. */
  MOBIUS,
  /** Keeps details in dark and bright parts, and darkens the frame as a whole. */
  HABLE
}
