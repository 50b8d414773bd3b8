package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_pix_fmt_desc_get;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_pix_fmt_desc_next;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BAYER;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Properties of FFmpeg's pixel formats. */
public final class PixelFormat {

  private PixelFormat() {}

  /** FFmpeg's name of a format. */
  public static String name(int format) {
    return Av.string(descriptor(format).name());
  }

  /** Whether frames of this format are Y'CbCr. */
  public static boolean isYuv(int format) {
    AVPixFmtDescriptor descriptor = descriptor(format);
    return (descriptor.flags() & AV_PIX_FMT_FLAG_RGB) == 0 && descriptor.nb_components() >= 3;
  }

  /** Whether frames of this format are R'G'B', or numbers of such colors in a palette. */
  public static boolean isRgb(int format) {
    return !isYuv(format) && (isPalette(format) || descriptor(format).nb_components() >= 3);
  }

  private static boolean isPalette(int format) {
    return format == AV_PIX_FMT_PAL8;
  }

  /** Whether frames of this format are gray, with or without alpha. */
  public static boolean isGray(int format) {
    AVPixFmtDescriptor descriptor = descriptor(format);
    long others = AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER;
    return descriptor.nb_components() <= 2
        && descriptor.nb_components() > 0
        && (descriptor.flags() & others) == 0;
  }

  /** Whether every component of this format has so many bits. */
  public static boolean hasDepth(int format, int bits) {
    AVPixFmtDescriptor descriptor = descriptor(format);
    for (int component = 0; component < descriptor.nb_components(); component++) {
      if (descriptor.comp(component).depth() != bits) {
        return false;
      }
    }
    return true;
  }

  /** The number of planes of frames of this format. */
  public static int planeCount(int format) {
    AVPixFmtDescriptor descriptor = descriptor(format);
    int count = 0;
    for (int component = 0; component < descriptor.nb_components(); component++) {
      count = Math.max(count, descriptor.comp(component).plane() + 1);
    }
    return count;
  }

  /** Whether frames of this format have alpha. */
  public static boolean hasAlpha(int format) {
    return format != AV_PIX_FMT_PAL8 && (descriptor(format).flags() & AV_PIX_FMT_FLAG_ALPHA) != 0;
  }

  /**
   * FFmpeg's description of a format.
   *
   * @throws IllegalArgumentException if the format does not exist
   */
  public static AVPixFmtDescriptor descriptor(int format) {
    @Nullable AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(format);
    if (descriptor == null || descriptor.isNull()) {
      throw new IllegalArgumentException("no pixel format has the number " + format);
    }
    return descriptor;
  }

  /** Names of all formats. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    AVPixFmtDescriptor next = null;
    while ((next = av_pix_fmt_desc_next(next)) != null && !next.isNull()) {
      names.add(Av.string(next.name()));
    }
    return names;
  }
}
