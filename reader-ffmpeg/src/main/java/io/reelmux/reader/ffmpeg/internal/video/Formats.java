package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BAYER;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_XYZ;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import io.reelmux.ffmpeg.internal.av.Ffmpeg;
import io.reelmux.ffmpeg.internal.av.FilterGraph.Step;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** What is known of the pixel formats that decoders give. */
final class Formats {

  /** What the filter zscale reads and writes. */
  private static final Pattern ZIMG =
      Pattern.compile(
          "yuva?(420|422|444)p(9le|1[0246]le)?|yuv(410|411|440)p|gray(9le|10le|f16le|f32le)?"
              + "|gbra?p(9le|1[0246]le|f16le|f32le)?");

  /** Formats of fewer than 8 bits, whose bits libswscale shifts to the top without filling up. */
  private static final Pattern FEW_BITS = Pattern.compile("(rgb|bgr)(565|555|444)[lb]e");

  private static final int BYTE = 8;

  private Formats() {}

  /** Returns the format with a name. */
  static int named(String name) {
    return Ffmpeg.av_get_pix_fmt(name);
  }

  /**
   * Refuses formats whose frames have no pixels of a known color.
   *
   * @throws IllegalArgumentException with the format
   */
  static void requireReadable(int format) {
    long flags = PixelFormat.descriptor(format).flags();
    long unwanted = AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_XYZ;
    if ((flags & unwanted) != 0) {
      throw new IllegalArgumentException(
          "frames of the pixel format "
              + PixelFormat.name(format)
              + " cannot be converted exactly");
    }
  }

  /** Whether zimg reads and writes a format. */
  static boolean isZimg(int format) {
    return ZIMG.matcher(PixelFormat.name(format)).matches();
  }

  /** Whether frames have alpha, those with a palette among them. */
  static boolean hasAlpha(int format) {
    return format == AV_PIX_FMT_PAL8 || PixelFormat.hasAlpha(format);
  }

  /** Whether frames are R'G'B', those with a palette among them. */
  static boolean isRgb(int format) {
    return format == AV_PIX_FMT_PAL8 || PixelFormat.isRgb(format);
  }

  /** Bits of the first component. */
  static int depth(int format) {
    return PixelFormat.descriptor(format).comp(0).depth();
  }

  /** Pixels of a row that share a chroma sample. */
  static int unitX(int format) {
    return 1 << PixelFormat.descriptor(format).log2_chroma_w();
  }

  /** Rows that share a chroma sample. */
  static int unitY(int format) {
    return 1 << PixelFormat.descriptor(format).log2_chroma_h();
  }

  /** Returns the format of the same planes without alpha; the same if alpha has no plane. */
  static int withoutAlpha(int format) {
    String name = PixelFormat.name(format);
    if (!name.startsWith("yuva") && !name.startsWith("gbrap")) {
      return format;
    }
    int opaque = named(name.replace("yuva", "yuv").replace("gbrap", "gbrp"));
    return opaque == AV_PIX_FMT_NONE ? format : opaque;
  }

  /** Returns the planar Y'CbCr format of the same depth with a chroma sample for each pixel. */
  static int unsubsampled(int format) {
    return named(PixelFormat.name(format).replaceFirst("4[12][012]|440", "444"));
  }

  /**
   * Returns the format of three planes like a gray one; none for 8 to 10 bits, which zimg reads.
   */
  static int tripled(int gray) {
    String name = PixelFormat.name(gray);
    return !name.startsWith("gray") || isZimg(gray)
        ? AV_PIX_FMT_NONE
        : named(name.replace("gray", "gbrp"));
  }

  /**
   * Returns a format that zimg reads and that holds all of another one.
   *
   * @param keepAlpha false if alpha is not needed
   */
  static int forZimg(int format, boolean keepAlpha) {
    if (isZimg(format)) {
      return format;
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    String alpha = keepAlpha && hasAlpha(format) ? "a" : "";
    if ((descriptor.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0) {
      return named("gbr" + alpha + "pf32le");
    }
    int depth = format == AV_PIX_FMT_PAL8 ? BYTE : depth(format);
    if (PixelFormat.isGray(format)
        && (descriptor.flags() & AV_PIX_FMT_FLAG_BE) != 0
        && !hasAlpha(format)) {
      return named(PixelFormat.name(format).replace("be", "le"));
    }
    if (!PixelFormat.isYuv(format)) {
      return named("gbr" + alpha + "p" + suffix(depth));
    }
    int yuv = named("yuv" + alpha + subsampling(descriptor) + "p" + suffix(depth));
    return yuv != AV_PIX_FMT_NONE && isZimg(yuv) ? yuv : named("yuv" + alpha + "444p16le");
  }

  private static String suffix(int depth) {
    if (depth <= BYTE) {
      return "";
    }
    return switch (depth) {
      case 10, 12 -> depth + "le";
      default -> "16le";
    };
  }

  private static String subsampling(AVPixFmtDescriptor descriptor) {
    return switch (descriptor.log2_chroma_w() * 10 + descriptor.log2_chroma_h()) {
      case 11 -> "420";
      case 10 -> "422";
      case 20 -> "411";
      case 22 -> "410";
      default -> "444";
    };
  }

  /** Returns the filters that turn a format into the one that zimg reads. */
  static List<Step> adaption(int from, int to) {
    Step scale = new Step("scale", "flags=bicubic+accurate_rnd+full_chroma_int");
    Step format = format(to);
    Matcher few = FEW_BITS.matcher(PixelFormat.name(from));
    if (!few.matches()) {
      return List.of(scale, format);
    }
    String bits = few.group(2);
    String fill =
        String.format(
            "r=%s:g=%s:b=%s", fill(bits.charAt(0)), fill(bits.charAt(1)), fill(bits.charAt(2)));
    return List.of(scale, format, new Step("lutrgb", fill));
  }

  private static String fill(char digit) {
    int bits = digit - '0';
    int codes = (1 << bits) - 1;
    return "floor(val/" + (1 << (BYTE - bits)) + ")*255/" + codes + "+0.5";
  }

  /** Returns the filter that sets a format. */
  static Step format(int format) {
    return new Step("format", "pix_fmts=" + PixelFormat.name(format));
  }
}
