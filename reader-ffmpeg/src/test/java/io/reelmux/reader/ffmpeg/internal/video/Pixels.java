package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;

import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** A frame of any format of whole bytes, component by component. */
final class Pixels implements AutoCloseable {
  private static final int PLANES = 4;

  private final Frame frame;
  private final AVPixFmtDescriptor descriptor;
  private final ByteBuffer[] planes = new ByteBuffer[PLANES];
  private final int[] strides = new int[PLANES];
  private final boolean big;

  /** The code of a component at a sample. */
  interface Codes {
    double at(int component, int x, int y);
  }

  private Pixels(Frame frame) {
    this.frame = frame;
    this.descriptor = PixelFormat.descriptor(frame.struct().format());
    this.big = (descriptor.flags() & AV_PIX_FMT_FLAG_BE) != 0;
    AVFrame struct = frame.struct();
    for (int component = 0; component < descriptor.nb_components(); component++) {
      int plane = descriptor.comp(component).plane();
      strides[plane] = struct.linesize(plane);
      long bytes = (long) strides[plane] * rows(component);
      planes[plane] = struct.data(plane).capacity(bytes).asByteBuffer().order(order());
    }
  }

  private ByteOrder order() {
    return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Allocates a frame. */
  static Pixels of(String format, int width, int height) throws IOException {
    return new Pixels(Frame.video(Formats.named(format), width, height));
  }

  /** Sets every sample, rounding to a code. */
  Pixels fill(Codes codes) {
    for (int component = 0; component < components(); component++) {
      for (int y = 0; y < rows(component); y++) {
        for (int x = 0; x < columns(component); x++) {
          long max = (1L << depth(component)) - 1;
          long code = Math.round(codes.at(component, x, y));
          set(component, x, y, (int) Math.min(Math.max(code, 0), max));
        }
      }
    }
    return this;
  }

  int components() {
    return descriptor.nb_components();
  }

  int depth(int component) {
    return descriptor.comp(component).depth();
  }

  int columns(int component) {
    int shift = chroma(component) ? descriptor.log2_chroma_w() : 0;
    return (frame.struct().width() + (1 << shift) - 1) >> shift;
  }

  int rows(int component) {
    int shift = chroma(component) ? descriptor.log2_chroma_h() : 0;
    return (frame.struct().height() + (1 << shift) - 1) >> shift;
  }

  private boolean chroma(int component) {
    return (component == 1 || component == 2) && components() >= 3;
  }

  private void set(int component, int x, int y, int code) {
    AVComponentDescriptor c = descriptor.comp(component);
    int at = y * strides[c.plane()] + x * c.step() + c.offset();
    ByteBuffer plane = planes[c.plane()];
    if (c.shift() + c.depth() <= 8) {
      plane.put(
          at, (byte) (plane.get(at) & ~(((1 << c.depth()) - 1) << c.shift()) | code << c.shift()));
    } else {
      plane.putShort(at, (short) (code << c.shift()));
    }
  }

  /** The code of a sample. */
  int get(int component, int x, int y) {
    AVComponentDescriptor c = descriptor.comp(component);
    int at = y * strides[c.plane()] + x * c.step() + c.offset();
    ByteBuffer plane = planes[c.plane()];
    int word = c.shift() + c.depth() <= 8 ? plane.get(at) & 0xFF : plane.getShort(at) & 0xFFFF;
    return word >> c.shift() & ((1 << c.depth()) - 1);
  }

  AVFrame struct() {
    return frame.struct();
  }

  int format() {
    return frame.struct().format();
  }

  int width() {
    return frame.struct().width();
  }

  int height() {
    return frame.struct().height();
  }

  /** Tags the frame. */
  Pixels tag(int matrix, int range, int chroma) {
    struct().colorspace(matrix);
    struct().color_range(range);
    struct().chroma_location(chroma);
    return this;
  }

  @Override
  public void close() {
    frame.close();
  }
}
