package io.reelmux.adapters;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.spi.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.stream.Collectors;

/** Copies frames out of the caller's memory, and words what is refused. */
final class FrameBytes {
  private FrameBytes() {}

  /**
   * Copies a frame, planes one after another, without padding, in native byte order.
   *
   * @param target has {@link PixelLayout#frameBytes} bytes left; its position is advanced
   */
  static void copy(VideoFrame frame, ByteBuffer target) {
    copy(frame, target, frame.layout().rowBytes(0, frame.width()));
  }

  /** The same with a stride in the target, for a layout of one plane. */
  static void copy(VideoFrame frame, ByteBuffer target, int firstStride) {
    PixelLayout layout = frame.layout();
    int start = target.position();
    int end = start;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      int rowBytes = layout.rowBytes(plane, frame.width());
      int stride = plane == 0 ? firstStride : rowBytes;
      int rows = layout.planeHeight(plane, frame.height());
      HostMemory.copyRows(frame, plane, 0, rows, target, end, stride);
      end += stride * (rows - 1) + rowBytes;
    }
    if (HostMemory.isOpaque(frame)) {
      setAlpha(frame, target, start, firstStride);
    }
    if (frame.order() != ByteOrder.nativeOrder()) {
      reverse(target, start, end, layout.bytesPerComponent());
    }
    target.position(end);
  }

  /** Sets the alpha of a frame of one plane and four bytes a pixel. */
  private static void setAlpha(VideoFrame frame, ByteBuffer target, int start, int stride) {
    PixelLayout layout = frame.layout();
    boolean first = layout == PixelLayout.ARGB || layout == PixelLayout.ABGR;
    int pixelBytes = layout.rowBytes(0, 1);
    for (int y = 0; y < frame.height(); y++) {
      int row = start + y * stride + (first ? 0 : pixelBytes - 1);
      for (int x = 0; x < frame.width(); x++) {
        target.put(row + x * pixelBytes, (byte) 0xFF);
      }
    }
  }

  private static void reverse(ByteBuffer bytes, int start, int end, int size) {
    for (int at = start; at + size <= end; at += size) {
      for (int low = at, high = at + size - 1; low < high; low++, high--) {
        byte kept = bytes.get(low);
        bytes.put(low, bytes.get(high)).put(high, kept);
      }
    }
  }

  /** Returns the refusal of a layout that another library has no form for. */
  static IllegalArgumentException unsupported(
      PixelLayout layout, String form, Collection<PixelLayout> supported) {
    return new IllegalArgumentException(
        layout
            + " has no form as "
            + form
            + "; these have: "
            + supported.stream().sorted().map(Enum::name).collect(Collectors.joining(", ")));
  }
}
