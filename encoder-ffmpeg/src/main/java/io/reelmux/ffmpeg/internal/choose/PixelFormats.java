package io.reelmux.ffmpeg.internal.choose;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_pix_fmt;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_pix_fmt_desc_get;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_pix_fmt_desc_next;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_isSupportedOutput;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.reelmux.AlphaMode;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Which pixel format an encoder is given. */
public final class PixelFormats {

  private PixelFormats() {}

  /**
   * The format that was asked for, or the default: yuv420p where the encoder takes it, else its
   * first; with {@link AlphaMode#KEEP} its first with alpha.
   *
   * @throws IllegalArgumentException if the encoder does not take it
   */
  public static int choose(AVCodec codec, VideoOptions options) {
    List<Integer> declared = Supported.pixelFormats(codec);
    List<Integer> supported = declared.stream().filter(PixelFormats::canBeMade).toList();
    if (supported.isEmpty() && !declared.isEmpty()) {
      throw new IllegalArgumentException(
          "%s takes no picture in true colour in the host's memory, only: %s"
              .formatted(Av.string(codec.name()), list(declared)));
    }
    int format =
        options
            .pixelFormat()
            .map(name -> byName(codec, name, supported))
            .orElseGet(() -> byDefault(codec, options.alpha(), supported));
    if (options.alpha() == AlphaMode.KEEP && !hasAlpha(format)) {
      throw new IllegalArgumentException(
          "pixelFormat '%s' has no alpha, which AlphaMode.KEEP keeps".formatted(name(format)));
    }
    return format;
  }

  /**
   * The format of a device's surfaces.
   *
   * @throws IllegalArgumentException if alpha is to be kept, which they have not
   */
  public static int ofDevice(AVCodec codec, VideoOptions options, int surfaces) {
    if (options.alpha() == AlphaMode.KEEP) {
      throw new IllegalArgumentException(noAlpha(codec));
    }
    return surfaces;
  }

  private static int byName(AVCodec codec, String name, List<Integer> supported) {
    String encoder = Av.string(codec.name());
    int format = av_get_pix_fmt(name);
    if (format == AV_PIX_FMT_NONE) {
      throw new IllegalArgumentException(
          "unknown pixelFormat '%s'%s; %s takes: %s"
              .formatted(name, Suggestions.hint(name, names()), encoder, list(supported)));
    }
    if (!supported.isEmpty() && !supported.contains(format)) {
      throw new IllegalArgumentException(
          "%s does not take pixelFormat '%s'; it takes: %s"
              .formatted(encoder, name, list(supported)));
    }
    if (!canBeMade(format)) {
      throw new IllegalArgumentException(
          "pixelFormat '%s' cannot be made from pictures in true colour in the host's memory; %s takes: %s"
              .formatted(name, encoder, list(supported)));
    }
    return format;
  }

  private static int byDefault(AVCodec codec, AlphaMode alpha, List<Integer> supported) {
    if (alpha == AlphaMode.KEEP) {
      return supported.stream()
          .filter(PixelFormats::hasAlpha)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(noAlpha(codec)));
    }
    if (supported.isEmpty() || supported.contains(AV_PIX_FMT_YUV420P)) {
      return AV_PIX_FMT_YUV420P;
    }
    return supported.get(0);
  }

  private static String noAlpha(AVCodec codec) {
    List<String> keepers = new ArrayList<>();
    for (AVCodec other : Codecs.encoders(StreamKind.VIDEO)) {
      if (Supported.pixelFormats(other).stream().anyMatch(PixelFormats::hasAlpha)) {
        keepers.add(Av.string(other.name()));
      }
    }
    return "%s keeps no alpha; these do: %s"
        .formatted(Av.string(codec.name()), String.join(", ", keepers));
  }

  private static String list(List<Integer> supported) {
    return supported.isEmpty()
        ? "any software format"
        : String.join(", ", Supported.pixelFormatNames(supported));
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    AVPixFmtDescriptor next = null;
    while ((next = av_pix_fmt_desc_next(next)) != null && !next.isNull()) {
      names.add(Av.string(next.name()));
    }
    return names;
  }

  /** FFmpeg's name of a format. */
  public static String name(int format) {
    return Av.string(descriptor(format).name());
  }

  /** Whether pictures of this format are Y'CbCr. */
  public static boolean isYuv(int format) {
    AVPixFmtDescriptor descriptor = descriptor(format);
    return (descriptor.flags() & AV_PIX_FMT_FLAG_RGB) == 0 && descriptor.nb_components() >= 3;
  }

  /** Whether pictures of this format are R'G'B'. */
  public static boolean isRgb(int format) {
    return !isYuv(format) && descriptor(format).nb_components() >= 3;
  }

  /** Whether pictures of this format have alpha. */
  public static boolean hasAlpha(int format) {
    return format != AV_PIX_FMT_PAL8 && (descriptor(format).flags() & AV_PIX_FMT_FLAG_ALPHA) != 0;
  }

  /**
   * FFmpeg's description of a format.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  public static AVPixFmtDescriptor descriptor(int format) {
    @Nullable AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(format);
    if (descriptor == null || descriptor.isNull()) {
      throw new IllegalArgumentException("no pixel format has the number " + format);
    }
    return descriptor;
  }

  /** Not in the memory of a device, and not by a palette, which would have to be chosen. */
  private static boolean canBeMade(int format) {
    return format != AV_PIX_FMT_PAL8
        && (descriptor(format).flags() & AV_PIX_FMT_FLAG_HWACCEL) == 0
        && sws_isSupportedOutput(format) != 0;
  }
}
