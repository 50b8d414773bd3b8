package io.reelmux.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FramePlanes;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The planes of a frame in memory of this library, whose rows are read and written as ints, the
 * first byte in the lowest bits. Strides must be multiples of 4.
 */
final class IntPlanes {
  private static final int MAX_PLANES = 4;

  private final AVFrame frame;
  private final FramePlanes planes;
  private final @Nullable IntBuffer[] views = new IntBuffer[MAX_PLANES];
  private final long[] addresses = new long[MAX_PLANES];

  /** Looks at a frame, which remains the owner. */
  IntPlanes(AVFrame frame) {
    this.frame = frame;
    this.planes = new FramePlanes(frame);
  }

  /** Returns whether this is for that frame. */
  boolean isOf(AVFrame other) {
    return frame.address() == other.address();
  }

  /** Follows a frame to other memory; called for each, so it keeps its view if it can. */
  void view(int plane, int rows) {
    long address = planes.address(plane);
    if (address != addresses[plane]) {
      long bytes = (long) planes.stride(plane) * rows;
      views[plane] =
          frame
              .data(plane)
              .capacity(bytes)
              .asByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asIntBuffer();
      addresses[plane] = address;
    }
  }

  void read(int plane, int row, int[] line) {
    ints(plane).get(row * planes.stride(plane) / Integer.BYTES, line);
  }

  void write(int plane, int row, int[] line) {
    ints(plane).put(row * planes.stride(plane) / Integer.BYTES, line);
  }

  private IntBuffer ints(int plane) {
    return Objects.requireNonNull(views[plane]);
  }
}
