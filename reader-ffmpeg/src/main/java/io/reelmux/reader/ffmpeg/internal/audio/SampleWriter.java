package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.SampleLayout;
import io.reelmux.SampleLayout.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies samples from native memory into the caller's, in the caller's layout and order. */
final class SampleWriter {
  private static final int S24_BYTES = 3;

  private final SampleLayout layout;
  private final int channels;

  /** For each of the caller's channels, its position in native memory; empty if the same. */
  private final int[] order;

  SampleWriter(SampleLayout layout, int channels, int[] order) {
    this.layout = layout;
    this.channels = channels;
    this.order = order;
  }

  /** Where the caller's samples go. */
  record Target(ByteBuffer buffer, int wanted) {}

  /**
   * Copies samples.
   *
   * @param frame in the native format of the layout
   * @param offset the first sample in the frame
   * @param target its position does not change
   * @param at the number of samples that it holds already
   */
  void write(AVFrame frame, int offset, int count, Target target, int at) {
    if (layout.type() == Type.S24 || order.length > 0) {
      writeValues(frame, offset, count, target, at);
      return;
    }
    int planes = layout.isPlanar() ? channels : 1;
    int step = layout.type().bytes() * (layout.isPlanar() ? 1 : channels);
    int start = target.buffer.position();
    for (int plane = 0; plane < planes; plane++) {
      ByteBuffer source = view(frame, plane, (offset + count) * (long) step);
      int to = start + (plane * target.wanted + at) * step;
      target.buffer.put(to, source, offset * step, count * step);
    }
  }

  /** Copies one value after another: 24 bits are packed, and channels change places. */
  private void writeValues(AVFrame frame, int offset, int count, Target target, int at) {
    int bytes = SampleFormats.bytes(layout.type());
    int packed = layout.type().bytes();
    int stride = layout.isPlanar() ? 1 : channels;
    int start = target.buffer.position();
    for (int channel = 0; channel < channels; channel++) {
      int inFrame = order.length == 0 ? channel : order[channel];
      int plane = layout.isPlanar() ? inFrame : 0;
      ByteBuffer source = view(frame, plane, (offset + count) * (long) stride * bytes);
      int from = layout.isPlanar() ? 0 : inFrame;
      int to = layout.isPlanar() ? channel * target.wanted : channel;
      for (int i = 0; i < count; i++) {
        int sourceAt = ((offset + i) * stride + from) * bytes;
        int targetAt = start + ((at + i) * stride + to) * packed;
        if (layout.type() == Type.S24) {
          putS24(source.getInt(sourceAt), target.buffer, targetAt);
        } else {
          target.buffer.put(targetAt, source, sourceAt, bytes);
        }
      }
    }
  }

  /** Rounds to the upper 24 bits. */
  private static void putS24(int value, ByteBuffer target, int at) {
    int rounded = value > Integer.MAX_VALUE - 0x80 ? Integer.MAX_VALUE : value + 0x80;
    for (int i = 0; i < S24_BYTES; i++) {
      target.put(at + i, (byte) (rounded >> Byte.SIZE * (i + 1)));
    }
  }

  /** The memory of a plane, which must not be used after the frame. */
  private static ByteBuffer view(AVFrame frame, int plane, long bytes) {
    return frame.extended_data(plane).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
  }
}
