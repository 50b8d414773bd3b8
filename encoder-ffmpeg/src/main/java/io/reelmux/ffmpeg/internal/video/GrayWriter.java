package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P12LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P14LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P9LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA444P16LE;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Writes one plane of planar frames as gray, exactly: of any depth, range and byte order, or as
 * floats, with alpha beside it where the format has alpha. Neither zimg's filter nor libswscale
 * can: the first reads and writes no gray of more than ten bits, the second computes with fewer
 * bits.
 */
final class GrayWriter implements AutoCloseable {
  private static final int ALPHA_PLANE = 3;

  private final StagingFrame target;
  private final int width;
  private final int height;
  private final int sourceBytes;
  private final boolean sourceAlpha;
  private final int targetBytes;
  private final int step;
  private final int[] gray;
  private final int alphaOffset;
  private final int[] alpha;

  /**
   * Creates a writer.
   *
   * @param from format of the frames, whose first plane is written: planar, 8 to 16 bits
   * @param fromRange AVColorRange of that plane
   * @param to a format of which {@link #writable} is true
   * @param toRange AVColorRange of the gray values
   */
  GrayWriter(int from, int fromRange, int to, int toRange, int width, int height)
      throws EncoderException {
    AVPixFmtDescriptor source = PixelFormat.descriptor(from);
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(to);
    AVComponentDescriptor component = descriptor.comp(0);
    boolean swapped = (descriptor.flags() & AV_PIX_FMT_FLAG_BE) != 0;
    boolean isFloat = (descriptor.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0;
    int depth = source.comp(0).depth();
    Scale input = Scale.of(depth, fromRange);
    this.width = width;
    this.height = height;
    this.sourceBytes = (depth + 7) / 8;
    this.sourceAlpha = PixelFormat.hasAlpha(from);
    this.targetBytes = (component.shift() + component.depth() + 7) / 8;
    this.step = component.step();
    this.gray = new int[1 << depth];
    for (int value = 0; value < gray.length; value++) {
      double level = input.level(value);
      int code =
          isFloat
              ? Float.floatToIntBits((float) Math.min(Math.max(level, 0), 1))
              : Scale.of(component.depth(), toRange).code(level) << component.shift();
      gray[value] = swapped ? swap(code) : code;
    }
    boolean hasAlpha = descriptor.nb_components() == 2;
    this.alphaOffset = hasAlpha ? descriptor.comp(1).offset() : -1;
    this.alpha = hasAlpha ? alphaCodes(depth, descriptor.comp(1), swapped) : new int[0];
    this.target = new StagingFrame(to, width, height);
  }

  private int[] alphaCodes(int depth, AVComponentDescriptor component, boolean swapped) {
    int[] codes = new int[1 << depth];
    for (int value = 0; value < codes.length; value++) {
      double level = Scale.of(depth, AVCOL_RANGE_JPEG).level(value);
      int code = Scale.of(component.depth(), AVCOL_RANGE_JPEG).code(level) << component.shift();
      codes[value] = swapped ? swap(code) : code;
    }
    return codes;
  }

  private int swap(int code) {
    return targetBytes == 1
        ? code
        : Integer.reverseBytes(code) >>> (Integer.SIZE - 8 * targetBytes);
  }

  /** The codes of black and white. */
  private record Scale(double black, double white, int max) {

    static Scale of(int depth, int range) {
      int max = (1 << depth) - 1;
      return range == AVCOL_RANGE_JPEG
          ? new Scale(0, max, max)
          : new Scale(16 * (1 << (depth - 8)), 235 * (1 << (depth - 8)), max);
    }

    double level(int code) {
      return (code - black) / (white - black);
    }

    int code(double level) {
      long code = Math.round(black + level * (white - black));
      return (int) Math.min(Math.max(code, 0), max);
    }
  }

  /** Returns whether a format is gray, with or without alpha, in whole bytes. */
  static boolean writable(int format) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    AVComponentDescriptor component = descriptor.comp(0);
    boolean isFloat = (descriptor.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0;
    return PixelFormat.isGray(format)
        && (descriptor.flags() & AV_PIX_FMT_FLAG_BITSTREAM) == 0
        && component.depth() >= 8
        && (isFloat
            ? component.depth() == Float.SIZE && descriptor.nb_components() == 1
            : component.depth() <= 16);
  }

  /**
   * Returns the gray format on the way to another: itself, gray for one bit per pixel, or
   * AV_PIX_FMT_NONE if it is not gray.
   */
  static int on(int format) {
    if (writable(format)) {
      return format;
    }
    return PixelFormat.isGray(format) ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_NONE;
  }

  /** Returns the planar format whose luma has the depth of a gray format. */
  static int luma(int gray, boolean alpha) {
    int depth = PixelFormat.descriptor(gray).comp(0).depth();
    if (alpha) {
      return depth == 8 ? AV_PIX_FMT_YUVA444P : AV_PIX_FMT_YUVA444P16LE;
    }
    return switch (depth) {
      case 8 -> AV_PIX_FMT_YUV444P;
      case 9 -> AV_PIX_FMT_YUV444P9LE;
      case 10 -> AV_PIX_FMT_YUV444P10LE;
      case 12 -> AV_PIX_FMT_YUV444P12LE;
      case 14 -> AV_PIX_FMT_YUV444P14LE;
      default -> AV_PIX_FMT_YUV444P16LE;
    };
  }

  /** Returns the frame as gray; valid until the next call. */
  AVFrame write(AVFrame from) throws EncoderException {
    target.makeWritable();
    write(view(from, 0), from.linesize(0), gray, 0);
    if (alphaOffset >= 0) {
      if (sourceAlpha) {
        write(view(from, ALPHA_PLANE), from.linesize(ALPHA_PLANE), alpha, alphaOffset);
      } else {
        opaque();
      }
    }
    return target.struct();
  }

  private ByteBuffer view(AVFrame frame, int plane) {
    long bytes = (long) frame.linesize(plane) * height;
    return frame.data(plane).capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(ByteBuffer values, int stride, int[] codes, int offset) {
    ByteBuffer pixels = target.view(0);
    for (int y = 0; y < height; y++) {
      int from = y * stride;
      int to = y * target.stride(0) + offset;
      for (int x = 0; x < width; x++) {
        int value =
            sourceBytes == 1 ? values.get(from + x) & 0xFF : values.getShort(from + 2 * x) & 0xFFFF;
        // a value beyond its depth is the caller's mistake
        put(pixels, to + x * step, codes[Math.min(value, codes.length - 1)]);
      }
    }
  }

  private void opaque() {
    ByteBuffer pixels = target.view(0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        put(pixels, y * target.stride(0) + x * step + alphaOffset, alpha[alpha.length - 1]);
      }
    }
  }

  private void put(ByteBuffer pixels, int at, int code) {
    switch (targetBytes) {
      case 1 -> pixels.put(at, (byte) code);
      case 2 -> pixels.putShort(at, (short) code);
      default -> pixels.putInt(at, code);
    }
  }

  @Override
  public void close() {
    target.close();
  }
}
