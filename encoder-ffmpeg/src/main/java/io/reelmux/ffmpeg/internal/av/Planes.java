package io.reelmux.ffmpeg.internal.av;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Where the planes of a frame are, as libswscale wants to know it. Both lie in the frame's struct,
 * so they follow its changes and are valid as long as it is; asked of the struct each time they
 * would be garbage for every strip of every picture.
 *
 * @param pointers to the first row of each plane
 * @param strides bytes from row to row of each plane
 */
public record Planes(PointerPointer<?> pointers, IntPointer strides) {

  /** The planes of a frame, which stays the owner. */
  public static Planes of(AVFrame frame) {
    return new Planes(frame.data(), frame.linesize());
  }
}
