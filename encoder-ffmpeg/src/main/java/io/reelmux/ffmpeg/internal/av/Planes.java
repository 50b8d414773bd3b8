package io.reelmux.ffmpeg.internal.av;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The location of a frame's planes, as libswscale expects it. Both arrays are part of the frame's
 * struct, so they follow its changes and are valid as long as it is. Wrapping them once saves the
 * garbage of wrapping them again for every slice of every frame.
 *
 * @param pointers the first row of each plane
 * @param strides bytes from one row to the next in each plane
 */
public record Planes(PointerPointer<?> pointers, IntPointer strides) {

  /** Returns the planes of a frame, which remains the owner. */
  public static Planes of(AVFrame frame) {
    return new Planes(frame.data(), frame.linesize());
  }
}
