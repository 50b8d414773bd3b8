package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_pix_fmt;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_isSupportedOutput;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PLANAR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.reelmux.AlphaMode;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** Chooses the pixel format of an encoder. */
public final class PixelFormats {

  /** Those that can be preferred, from the deepest on. */
  private static final List<Integer> DEPTHS = List.of(16, 12, 10, 8);

  private PixelFormats() {}

  /**
   * Returns the requested format, or the default: yuv420p if the encoder supports it, otherwise its
   * first with color; with {@link AlphaMode#KEEP} its first with alpha; with {@link
   * Quality#LOSSLESS} its first that holds RGB frames exactly, if it has one; with a bit depth, or
   * a preferred one that it has, the nearest to yuv420p of that depth.
   *
   * @throws IllegalArgumentException if the encoder does not support it
   */
  public static int choose(AVCodec codec, VideoOptions options, Container container) {
    List<Integer> declared = Supported.pixelFormats(codec);
    List<Integer> supported = usable(codec);
    if (supported.isEmpty() && !declared.isEmpty()) {
      throw new IllegalArgumentException(
          "%s accepts no software pixel format, only: %s"
              .formatted(Av.string(codec.name()), list(declared)));
    }
    int format =
        options.pixelFormat().isPresent()
            ? byName(codec, options.pixelFormat().get(), supported)
            : unnamed(codec, options, supported, container);
    if (keepsAlpha(options) && !PixelFormat.hasAlpha(format)) {
      throw new IllegalArgumentException(
          "pixelFormat '%s' has no alpha, which AlphaMode.KEEP requires"
              .formatted(PixelFormat.name(format)));
    }
    return format;
  }

  /**
   * Returns the formats of which filters may choose one: the default's kind, Y'CbCr, RGB or gray,
   * unless the options name the format.
   */
  public static List<Integer> behindFilters(
      AVCodec codec, VideoOptions options, Container container) {
    int usual = choose(codec, options, container);
    if (options.pixelFormat().isPresent() || options.bitDepth().isPresent()) {
      return List.of(usual);
    }
    List<Integer> same =
        usable(codec).stream().filter(format -> isSameKind(format, usual)).toList();
    return same.isEmpty() ? List.of(usual) : same;
  }

  private static boolean isSameKind(int format, int other) {
    return PixelFormat.isYuv(format) == PixelFormat.isYuv(other)
        && PixelFormat.isRgb(format) == PixelFormat.isRgb(other)
        && PixelFormat.hasAlpha(format) == PixelFormat.hasAlpha(other)
        && !PixelFormat.name(format).startsWith("yuvj");
  }

  /**
   * Returns the format of a device's surfaces.
   *
   * @throws IllegalArgumentException if alpha is to be kept, which surfaces do not have
   */
  public static int ofDevice(
      AVCodec codec, VideoOptions options, int surfaces, Container container) {
    if (keepsAlpha(options)) {
      throw AlphaEncoders.refusal(codec, container);
    }
    return surfaces;
  }

  private static int byName(AVCodec codec, String name, List<Integer> supported) {
    String encoder = Av.string(codec.name());
    int format = av_get_pix_fmt(name);
    if (format == AV_PIX_FMT_NONE) {
      throw new IllegalArgumentException(
          "unknown pixelFormat '%s'%s; %s supports: %s"
              .formatted(
                  name, Suggestions.hint(name, PixelFormat.names()), encoder, list(supported)));
    }
    if (!supported.isEmpty() && !supported.contains(format)) {
      throw new IllegalArgumentException(
          "%s does not support pixelFormat '%s'; it supports: %s"
              .formatted(encoder, name, list(supported)));
    }
    if (!canConvertTo(format)) {
      throw new IllegalArgumentException(
          "frames cannot be converted to pixelFormat '%s'; %s supports: %s"
              .formatted(name, encoder, list(supported)));
    }
    return format;
  }

  /** The formats of an encoder that frames can be converted to. */
  static List<Integer> usable(AVCodec codec) {
    List<Integer> formats = new ArrayList<>();
    for (int format : Supported.pixelFormats(codec)) {
      if (canConvertTo(format)) {
        formats.add(format);
      }
    }
    return formats;
  }

  private static int unnamed(
      AVCodec codec, VideoOptions options, List<Integer> supported, Container container) {
    boolean alpha = keepsAlpha(options);
    int format = byDefault(codec, alpha, supported, container);
    List<Integer> all = supported.isEmpty() ? convertible() : supported;
    if (options.bitDepth().isPresent()) {
      int bits = options.bitDepth().getAsInt();
      return ofDepth(bits, format, alpha, all)
          .orElseThrow(() -> noDepth(codec, bits, alpha, supported));
    }
    return preferred(codec, options, format, all)
        .or(
            () ->
                EncoderProfile.isLossless(options)
                    ? ExactFormats.ofRgb(codec, alpha)
                    : Optional.empty())
        .orElse(format);
  }

  /** The preferred depth, or the nearest lower one that encoder and profile have. */
  private static Optional<Integer> preferred(
      AVCodec codec, VideoOptions options, int usual, List<Integer> supported) {
    EncoderProfile profile = EncoderProfile.of(Av.string(codec.name()));
    int wanted = options.preferredBitDepth().orElse(0);
    return DEPTHS.stream()
        .filter(bits -> bits <= wanted && profile.allowsDepth(options, bits))
        .flatMap(bits -> ofDepth(bits, usual, keepsAlpha(options), supported).stream())
        .findFirst();
  }

  /**
   * Returns the usual format if it has a depth, otherwise the nearest to yuv420p that has. A depth
   * does not make a color stream gray.
   */
  private static Optional<Integer> ofDepth(
      int bits, int usual, boolean alpha, List<Integer> supported) {
    if (PixelFormat.hasDepth(usual, bits)) {
      return Optional.of(usual);
    }
    return supported.stream()
        .filter(format -> PixelFormat.hasDepth(format, bits))
        .filter(format -> PixelFormat.isGray(usual) || !PixelFormat.isGray(format))
        .filter(format -> PixelFormat.hasAlpha(format) == alpha)
        .min(Comparator.comparingInt(PixelFormats::distance));
  }

  private static IllegalArgumentException noDepth(
      AVCodec codec, int bits, boolean alpha, List<Integer> supported) {
    return new IllegalArgumentException(
        "bitDepth "
            + bits
            + ": "
            + Av.string(codec.name())
            + " has no format of that depth"
            + (alpha ? " with alpha" : "")
            + "; it supports: "
            + list(supported));
  }

  /** The distance to yuv420p, which most players show: chroma, then planes, then byte order. */
  private static int distance(int format) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    int color = 0;
    if (!PixelFormat.isYuv(format)) {
      color = PixelFormat.isRgb(format) ? 3 : 4;
    } else if (descriptor.log2_chroma_h() != 1 || descriptor.log2_chroma_w() != 1) {
      color = descriptor.log2_chroma_w() == 1 ? 1 : 2;
    }
    boolean packed = (descriptor.flags() & AV_PIX_FMT_FLAG_PLANAR) == 0;
    boolean shifted = descriptor.comp(0).shift() != 0;
    boolean bigEndian = (descriptor.flags() & AV_PIX_FMT_FLAG_BE) != 0;
    return 8 * color + (packed ? 4 : 0) + (shifted ? 2 : 0) + (bigEndian ? 1 : 0);
  }

  private static List<Integer> convertible() {
    return PixelFormat.names().stream()
        .map(name -> av_get_pix_fmt(name))
        .filter(PixelFormats::canConvertTo)
        .toList();
  }

  private static int byDefault(
      AVCodec codec, boolean keepsAlpha, List<Integer> supported, Container container) {
    if (keepsAlpha) {
      return supported.stream()
          .filter(PixelFormat::hasAlpha)
          .findFirst()
          .orElseThrow(() -> AlphaEncoders.refusal(codec, container));
    }
    if (supported.isEmpty() || supported.contains(AV_PIX_FMT_YUV420P)) {
      return AV_PIX_FMT_YUV420P;
    }
    return supported.stream()
        .filter(format -> !PixelFormat.isGray(format))
        .findFirst()
        .orElse(supported.get(0));
  }

  private static boolean keepsAlpha(VideoOptions options) {
    return options.alpha().equals(Optional.of(AlphaMode.KEEP));
  }

  private static String list(List<Integer> supported) {
    return supported.isEmpty()
        ? "any software format"
        : String.join(", ", Supported.pixelFormatNames(supported));
  }

  /** Excludes formats in device memory and palettes, which would have to be chosen. */
  private static boolean canConvertTo(int format) {
    return format != AV_PIX_FMT_PAL8
        && (PixelFormat.descriptor(format).flags() & AV_PIX_FMT_FLAG_HWACCEL) == 0
        && sws_isSupportedOutput(format) != 0;
  }
}
