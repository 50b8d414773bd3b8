package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** Which pixel formats hold every value of the caller's frames, so that lossless is exact. */
public final class ExactFormats {
  private static final int BYTE = 8;
  private static final int BITS_OF_TEN_BIT_LAYOUTS = 10;

  /** For an encoder that does not list what it supports. */
  private static final List<Integer> OF_AN_ENCODER_OF_ALL =
      List.of(
          AV_PIX_FMT_RGB24,
          AV_PIX_FMT_RGBA,
          AV_PIX_FMT_RGB48LE,
          AV_PIX_FMT_RGBA64LE,
          AV_PIX_FMT_GRAY8,
          AV_PIX_FMT_GRAY16LE,
          AV_PIX_FMT_YUV420P,
          AV_PIX_FMT_YUV422P,
          AV_PIX_FMT_YUV444P,
          AV_PIX_FMT_YUV420P10LE);

  private ExactFormats() {}

  /**
   * Whether frames of a layout can be converted to a format and back without a change. Alpha counts
   * if the format has it.
   *
   * @param color of the encoded frames
   */
  private static boolean holds(int format, ColorSpec color, PixelLayout layout) {
    AVPixFmtDescriptor target = PixelFormat.descriptor(format);
    if (format == AV_PIX_FMT_PAL8 || (target.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0) {
      return false;
    }
    int depth = depth(target);
    boolean full = color.range() == ColorSpec.Range.FULL;
    if (layout.isYuv()) {
      boolean sameDepth = depth == bits(layout);
      return PixelFormat.isYuv(format)
          && hasChromaOf(layout, target)
          && (sameDepth || (depth > bits(layout) && !full));
    }
    if (depth < bits(layout)) {
      return false;
    }
    return PixelFormat.isRgb(format)
        || (layout.isGray() && target.nb_components() <= 2 && depth == bits(layout) && full);
  }

  /** As {@link #holds(int, ColorSpec, PixelLayout)}, for a format of an encoder. */
  public static boolean holds(AVCodec codec, int format, ColorSpec color, PixelLayout layout) {
    return EncoderProfile.of(Av.string(codec.name())).isUsual(format)
        && holds(format, color, layout);
  }

  /** What to do about frames of a layout that the format of a stream does not hold. */
  public static String wayOut(AVCodec codec, PixelLayout layout, boolean keepAlpha) {
    List<String> exact = of(codec, layout, keepAlpha && layout.hasAlpha());
    return exact.isEmpty()
        ? noneHolds(codec, layout)
        : "set pixelFormat to one of: " + String.join(", ", exact);
  }

  private static String noneHolds(AVCodec codec, PixelLayout layout) {
    return layout.isFloat()
        ? "no encoder stores floating-point values exactly: convert the frames to integers"
        : "no pixel format of "
            + Av.string(codec.name())
            + " does: choose another codec, such as "
            + Lossless.WELL_KNOWN.get(0);
  }

  /** The formats of an encoder that hold a layout, by FFmpeg's names. */
  private static List<String> of(AVCodec codec, PixelLayout layout, boolean withAlpha) {
    // gray is full range where the format is set for exactness
    ColorSpec color = layout.isYuv() ? ColorSpec.BT709_LIMITED : EncoderProfile.SRGB;
    List<Integer> formats =
        usual(codec)
            .filter(format -> holds(format, color, layout))
            .filter(format -> !withAlpha || PixelFormat.hasAlpha(format))
            .toList();
    return Supported.pixelFormatNames(formats);
  }

  /** The first and smallest of these formats that holds RGB of 8 bits, with alpha if it is kept. */
  static Optional<Integer> ofRgb(AVCodec codec, boolean keepAlpha) {
    PixelLayout layout = keepAlpha ? PixelLayout.RGBA : PixelLayout.RGB24;
    return usual(codec)
        .filter(format -> holds(format, EncoderProfile.SRGB, layout))
        .filter(format -> !keepAlpha || PixelFormat.hasAlpha(format))
        .min(
            Comparator.comparing((Integer format) -> !keepAlpha && PixelFormat.hasAlpha(format))
                .thenComparing(format -> depth(PixelFormat.descriptor(format))));
  }

  private static Stream<Integer> usual(AVCodec codec) {
    EncoderProfile profile = EncoderProfile.of(Av.string(codec.name()));
    List<Integer> usable = PixelFormats.usable(codec);
    return (usable.isEmpty() ? OF_AN_ENCODER_OF_ALL : usable).stream().filter(profile::isUsual);
  }

  private static int bits(PixelLayout layout) {
    return layout.isYuv() && layout.bytesPerComponent() == 2
        ? BITS_OF_TEN_BIT_LAYOUTS
        : BYTE * layout.bytesPerComponent();
  }

  private static boolean hasChromaOf(PixelLayout layout, AVPixFmtDescriptor target) {
    int width = layout.rowBytes(1, 2) / Math.max(1, layout.rowBytes(1, 1));
    int shiftX = width == 1 ? 1 : 0;
    int shiftY = layout.planeHeight(1, 2) == 1 ? 1 : 0;
    return target.log2_chroma_w() == shiftX && target.log2_chroma_h() == shiftY;
  }

  /** Bits of the component that has the fewest. */
  private static int depth(AVPixFmtDescriptor format) {
    return IntStream.range(0, format.nb_components())
        .map(i -> format.comp(i).depth())
        .min()
        .orElse(0);
  }
}
