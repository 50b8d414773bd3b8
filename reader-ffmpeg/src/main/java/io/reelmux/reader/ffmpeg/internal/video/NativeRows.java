package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FramePlanes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Views of the rows of frames, of exactly the bytes that the rows have. A view is used only while
 * its frame is held. Decoders and filters take memory from pools, so that views of the same memory
 * are kept.
 */
final class NativeRows {
  private static final int SLOTS = 32;

  private final long[] addresses = new long[SLOTS];
  private final @Nullable ByteBuffer[] views = new ByteBuffer[SLOTS];
  private int next;

  private ByteBuffer view = ByteBuffer.allocate(0);
  private int first;
  private int stride;

  /**
   * Selects a plane.
   *
   * @param planes of the same frame
   * @param rows number of rows
   * @param rowBytes bytes of a row
   */
  NativeRows of(AVFrame frame, FramePlanes planes, int plane, int rows, int rowBytes) {
    stride = planes.stride(plane);
    int span = Math.multiplyExact(rows - 1, Math.abs(stride));
    int bytes = Math.addExact(span, rowBytes);
    first = stride < 0 ? span : 0;
    view = find(frame, plane, planes.address(plane) - first, bytes);
    return this;
  }

  private ByteBuffer find(AVFrame frame, int plane, long address, int bytes) {
    for (int slot = 0; slot < SLOTS; slot++) {
      ByteBuffer known = views[slot];
      if (addresses[slot] == address && known != null && known.capacity() == bytes) {
        return known;
      }
    }
    BytePointer start = frame.data(plane).getPointer(-first);
    ByteBuffer made = start.capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    addresses[next] = address;
    views[next] = made;
    next = (next + 1) % SLOTS;
    return made;
  }

  /** The rows; little-endian. */
  ByteBuffer bytes() {
    return view;
  }

  /** Where a row begins. */
  int offset(int row) {
    return first + row * stride;
  }
}
