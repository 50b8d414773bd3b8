package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.av_get_picture_type_char;
import static org.bytedeco.ffmpeg.global.avutil.av_image_get_linesize;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_count_planes;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;

/** A decoded video frame: times, tags, and planes without padding. */
public final class DecodedFrame {
  public final long pts;
  public final long duration;
  public final boolean key;
  public final char type;
  public final int width;
  public final int height;
  public final String format;
  public final Tags tags;

  private final AVPixFmtDescriptor descriptor;
  private final byte[][] planes;
  private final int[] strides;

  /** Copies a frame. */
  public DecodedFrame(AVFrame frame) {
    pts = frame.best_effort_timestamp();
    duration = frame.duration();
    key = (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
    type = (char) av_get_picture_type_char(frame.pict_type());
    width = frame.width();
    height = frame.height();
    tags = Tags.of(frame);
    boolean palette = frame.format() == AV_PIX_FMT_PAL8;
    int number = palette ? AV_PIX_FMT_BGRA : frame.format();
    descriptor = av_pix_fmt_desc_get(number);
    format = palette ? "pal8" : descriptor.name().getString();
    int count = av_pix_fmt_count_planes(number);
    planes = new byte[count][];
    strides = new int[count];
    for (int plane = 0; plane < count; plane++) {
      strides[plane] = av_image_get_linesize(number, width, plane);
      planes[plane] = palette ? colors(frame) : copy(frame, plane);
    }
  }

  private byte[] copy(AVFrame frame, int plane) {
    int rows = plane == 1 || plane == 2 ? chromaHeight() : height;
    byte[] bytes = new byte[strides[plane] * rows];
    BytePointer data = frame.data(plane);
    for (int row = 0; row < rows; row++) {
      data.position((long) row * frame.linesize(plane))
          .get(bytes, row * strides[plane], strides[plane]);
    }
    return bytes;
  }

  private byte[] colors(AVFrame frame) {
    byte[] bgra = new byte[width * height * 4];
    BytePointer indexes = frame.data(0);
    BytePointer entries = frame.data(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int index = indexes.get((long) y * frame.linesize(0) + x) & 0xFF;
        for (int c = 0; c < 4; c++) {
          bgra[(y * width + x) * 4 + c] = entries.get(4L * index + c);
        }
      }
    }
    return bgra;
  }

  /** Returns the number of chroma samples per row. */
  public int chromaWidth() {
    return ceilShift(width, descriptor.log2_chroma_w());
  }

  /** Returns the number of chroma rows. */
  public int chromaHeight() {
    return ceilShift(height, descriptor.log2_chroma_h());
  }

  private static int ceilShift(int value, int shift) {
    return (value + (1 << shift) - 1) >> shift;
  }

  /** Returns whether the components are R, G and B. */
  public boolean isRgb() {
    return (descriptor.flags() & AV_PIX_FMT_FLAG_RGB) != 0;
  }

  /** Returns the number of components, alpha included. */
  public int components() {
    return descriptor.nb_components();
  }

  /** Returns the bit depth. */
  public int depth() {
    return descriptor.comp(0).depth();
  }

  /**
   * Returns one sample value.
   *
   * @param component 0 to 3: Y, U, V, A or R, G, B, A
   * @param x in samples of that component's plane
   * @param y in rows of that plane
   */
  public int value(int component, int x, int y) {
    AVComponentDescriptor comp = descriptor.comp(component);
    int plane = comp.plane();
    int at = y * strides[plane] + x * comp.step() + comp.offset();
    int value = planes[plane][at] & 0xFF;
    if (comp.depth() + comp.shift() > 8) {
      int other = planes[plane][at + 1] & 0xFF;
      boolean big = (descriptor.flags() & AV_PIX_FMT_FLAG_BE) != 0;
      value = big ? value << 8 | other : other << 8 | value;
    }
    return value >> comp.shift() & ((1 << comp.depth()) - 1);
  }

  /** Returns the bytes of a plane, without padding. */
  public byte[] plane(int plane) {
    return planes[plane].clone();
  }

  /** Returns all planes, concatenated. */
  public byte[] bytes() {
    int length = Arrays.stream(planes).mapToInt(plane -> plane.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] plane : planes) {
      System.arraycopy(plane, 0, all, at, plane.length);
      at += plane.length;
    }
    return all;
  }

  /** Returns a frame of planar 8-bit 4:2:0 as NV12. */
  public byte[] nv12() {
    byte[] nv12 = new byte[planes[0].length + planes[1].length + planes[2].length];
    System.arraycopy(planes[0], 0, nv12, 0, planes[0].length);
    for (int i = 0, at = planes[0].length; i < planes[1].length; i++) {
      nv12[at++] = planes[1][i];
      nv12[at++] = planes[2][i];
    }
    return nv12;
  }

  /** Returns a checksum of all planes. */
  public long checksum() {
    CRC32 crc = new CRC32();
    for (byte[] plane : planes) {
      crc.update(plane);
    }
    return crc.getValue();
  }

  /** Converts to RGB from 0 to 255 according to the tags, interpolating chroma by its location. */
  public double[] rgb() {
    double[] rgb = new double[width * height * 3];
    int white = (1 << depth()) - 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        if (isRgb()) {
          for (int c = 0; c < 3; c++) {
            int bits = descriptor.comp(c).depth();
            rgb[at + c] = 255.0 * value(c, x, y) / ((1 << bits) - 1);
          }
        } else if (components() < 3) {
          Arrays.fill(rgb, at, at + 3, 255.0 * value(0, x, y) / white);
        } else {
          double[] pixel =
              Colors.toRgb(
                  tags.matrix(),
                  tags.isFull(),
                  depth(),
                  value(0, x, y),
                  chroma(1, x, y),
                  chroma(2, x, y));
          System.arraycopy(pixel, 0, rgb, at, 3);
        }
      }
    }
    return rgb;
  }

  private double chroma(int component, int x, int y) {
    double across = 1 << descriptor.log2_chroma_w();
    double down = 1 << descriptor.log2_chroma_h();
    double cx = tags.chroma().equals("center") ? (x + 0.5) / across - 0.5 : x / across;
    double cy = (y + 0.5) / down - 0.5;
    int x0 = Math.min(Math.max(0, (int) Math.floor(cx)), chromaWidth() - 1);
    int y0 = Math.min(Math.max(0, (int) Math.floor(cy)), chromaHeight() - 1);
    int x1 = Math.min(x0 + 1, chromaWidth() - 1);
    int y1 = Math.min(y0 + 1, chromaHeight() - 1);
    double fx = Math.max(0, cx - x0);
    double fy = Math.max(0, cy - y0);
    double top = value(component, x0, y0) * (1 - fx) + value(component, x1, y0) * fx;
    double bottom = value(component, x0, y1) * (1 - fx) + value(component, x1, y1) * fx;
    return top * (1 - fy) + bottom * fy;
  }

  /** Returns the PSNR against an RGB24 frame, in dB. */
  public double psnr(byte[] expected) {
    double[] actual = rgb();
    if (actual.length != expected.length) {
      throw new AssertionError("%d values instead of %d".formatted(actual.length, expected.length));
    }
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.max(0, Math.min(255, actual[i])) - (expected[i] & 0xFF);
      sum += difference * difference;
    }
    return sum == 0 ? 99 : 10 * Math.log10(255.0 * 255.0 * expected.length / sum);
  }

  @Override
  public String toString() {
    return "%s %dx%d at %d for %d, %c, %08x"
        .formatted(format, width, height, pts, duration, type, checksum());
  }
}
