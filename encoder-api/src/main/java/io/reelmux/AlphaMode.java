package io.reelmux;

/** How the alpha channel of input frames is handled. */
public enum AlphaMode {
  /**
   * Ignores alpha and uses the color values unchanged; the default. Unless this is requested, a
   * note reports that frames had transparency.
   */
  DROP,
  /** Keeps alpha in the file; encoders that do not support it are refused at open. */
  KEEP,
  /** Composites over {@link VideoOptions#background()}. */
  FLATTEN
}
