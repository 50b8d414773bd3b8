package io.reelmux.reader.ffmpeg.internal.demux;

import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/**
 * The colors of a stream.
 *
 * @param spec the colors, with what the file leaves open filled in
 * @param guessed whether anything was filled in
 */
record Colors(ColorSpec spec, boolean guessed) {

  /** Lines of a frame from which on BT.709 is assumed. */
  private static final int HD_LINES = 720;

  static Colors of(AVCodecParameters parameters, int format, int height) {
    ColorTags tags = ColorTags.of(parameters);
    Optional<ColorSpec> stated = named(tags).toSpec();
    if (stated.isPresent()) {
      return new Colors(stated.get(), /* guessed= */ false);
    }
    boolean rgb = format != AV_PIX_FMT_NONE && !PixelFormat.isYuv(format);
    if (rgb) {
      return new Colors(rgb(tags), /* guessed= */ !PixelFormat.isRgb(format));
    }
    ColorSpec usual = usual(tags.matrix(), height);
    boolean full =
        tags.range() == AVCOL_RANGE_JPEG
            || (format != AV_PIX_FMT_NONE && PixelFormat.name(format).startsWith("yuvj"));
    ColorTags defaults =
        ColorTags.of(
            0, full ? usual.withRange(ColorSpec.Range.FULL) : usual, AVCHROMA_LOC_UNSPECIFIED);
    return new Colors(fill(tags, defaults).orElse(usual), /* guessed= */ true);
  }

  /** The standard that a stated matrix belongs to, else that of the size. */
  private static ColorSpec usual(int matrix, int height) {
    return switch (matrix) {
      case AVCOL_SPC_BT709 -> ColorSpec.BT709_LIMITED;
      case AVCOL_SPC_SMPTE170M -> ColorSpec.BT601_LIMITED;
      case AVCOL_SPC_BT470BG -> ColorSpec.BT601_PAL_LIMITED;
      case AVCOL_SPC_BT2020_NCL -> ColorSpec.BT2020_LIMITED;
      default -> height >= HD_LINES ? ColorSpec.BT709_LIMITED : ColorSpec.BT601_LIMITED;
    };
  }

  /** RGB has no matrix and full range; primaries and transfer are sRGB's unless stated. */
  private static ColorSpec rgb(ColorTags tags) {
    ColorSpec srgb =
        new ColorSpec(
            ColorSpec.Matrix.BT709,
            ColorSpec.Range.FULL,
            ColorSpec.Primaries.BT709,
            ColorSpec.Transfer.SRGB);
    return fill(tags, ColorTags.of(0, srgb, AVCHROMA_LOC_UNSPECIFIED)).orElse(srgb);
  }

  /** The matrix of BT.470 BG has the numbers of BT.601 under another name. */
  private static ColorTags named(ColorTags tags) {
    return tags.matrix() == AVCOL_SPC_BT470BG
        ? new ColorTags(
            AVCOL_SPC_SMPTE170M,
            tags.range(),
            tags.primaries(),
            tags.transfer(),
            tags.chromaLocation())
        : tags;
  }

  private static boolean isNamed(int matrix) {
    return matrix == AVCOL_SPC_BT709
        || matrix == AVCOL_SPC_SMPTE170M
        || matrix == AVCOL_SPC_BT2020_NCL;
  }

  /** What is stated, and the default for the rest. */
  private static Optional<ColorSpec> fill(ColorTags tags, ColorTags defaults) {
    ColorTags filled =
        new ColorTags(
            isNamed(tags.matrix()) ? tags.matrix() : defaults.matrix(),
            tags.range() == AVCOL_RANGE_UNSPECIFIED ? defaults.range() : tags.range(),
            tags.primaries() == AVCOL_PRI_UNSPECIFIED ? defaults.primaries() : tags.primaries(),
            tags.transfer() == AVCOL_TRC_UNSPECIFIED ? defaults.transfer() : tags.transfer(),
            tags.chromaLocation());
    return filled.toSpec();
  }
}
