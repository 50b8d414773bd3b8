package io.reelmux.ffmpeg.internal.av;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The addresses and strides of a frame's planes. They are parts of the frame's struct, so they
 * follow its changes and are valid as long as it is; wrapping them once makes no garbage for each
 * frame.
 */
public final class FramePlanes {
  private static final int RGB_PLANES = 3;

  private final SizeTPointer addresses;
  private final IntPointer strides;

  /** Looks at a frame, which remains the owner. */
  public FramePlanes(AVFrame frame) {
    addresses = new SizeTPointer(frame.data());
    strides = frame.linesize();
  }

  /** The address of the first row. */
  public long address(int plane) {
    return addresses.get(plane);
  }

  /** Bytes from one row to the next; negative if rows run upward. */
  public int stride(int plane) {
    return strides.get(plane);
  }

  /** Points a plane at memory that something else owns. */
  public void set(int plane, long address, int stride) {
    addresses.put(plane, address);
    strides.put(plane, stride);
  }

  /** Lets the first plane stand for three. */
  public void repeatFirst() {
    for (int plane = 1; plane < RGB_PLANES; plane++) {
      set(plane, address(0), stride(0));
    }
  }
}
