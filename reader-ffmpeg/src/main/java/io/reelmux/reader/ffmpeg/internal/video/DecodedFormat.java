package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AVALPHA_MODE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_LEFT;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_TOPLEFT;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_RESERVED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_RESERVED0;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RESERVED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_RESERVED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_RESERVED0;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * What frames consist of, with nothing left open: what a frame does not say is taken from the
 * stream.
 *
 * @param format AVPixelFormat
 * @param width pixels
 * @param height pixels
 * @param matrix AVColorSpace
 * @param range AVColorRange
 * @param chroma AVChromaLocation
 * @param primaries AVColorPrimaries
 * @param transfer AVColorTransferCharacteristic
 * @param grayAsRgb whether it is gray whose plane stands for three
 */
record DecodedFormat(
    int format,
    int width,
    int height,
    int matrix,
    int range,
    int chroma,
    int primaries,
    int transfer,
    boolean grayAsRgb) {

  /**
   * The format of a frame.
   *
   * @param color what is assumed where the frame says nothing
   * @param keepAlpha whether alpha is needed
   */
  static DecodedFormat of(AVFrame frame, ColorSpec color, boolean keepAlpha) {
    return of(
        frame.format(),
        frame.width(),
        frame.height(),
        new ColorTags(
            frame.colorspace(),
            frame.color_range(),
            frame.color_primaries(),
            frame.color_trc(),
            frame.chroma_location()),
        color,
        keepAlpha);
  }

  /** The format of frames whose colors are those of the stream. */
  static DecodedFormat of(int format, int width, int height, ColorSpec color, boolean keepAlpha) {
    ColorTags open =
        new ColorTags(
            AVCOL_SPC_UNSPECIFIED,
            AVCOL_RANGE_UNSPECIFIED,
            AVCOL_PRI_UNSPECIFIED,
            AVCOL_TRC_UNSPECIFIED,
            AVCHROMA_LOC_UNSPECIFIED);
    return of(format, width, height, open, color, keepAlpha);
  }

  private static DecodedFormat of(
      int decoded, int width, int height, ColorTags said, ColorSpec color, boolean keepAlpha) {
    String name = PixelFormat.name(decoded);
    boolean jpeg = name.startsWith("yuvj");
    int format = jpeg ? Formats.named(name.replace("yuvj", "yuv")) : decoded;
    format = keepAlpha ? format : Formats.withoutAlpha(format);
    int tripled = Formats.tripled(format);
    boolean grayAsRgb = tripled != AV_PIX_FMT_NONE;
    format = grayAsRgb ? tripled : format;
    ColorTags stream = ColorTags.of(format, color, AVCHROMA_LOC_LEFT);
    boolean rgb = Formats.isRgb(format);
    int matrix = rgb ? AVCOL_SPC_RGB : matrix(said.matrix(), stream.matrix());
    int range = jpeg || (rgb && !grayAsRgb) ? AVCOL_RANGE_JPEG : range(said, color);
    return new DecodedFormat(
        format,
        width,
        height,
        matrix,
        range,
        chroma(said.chromaLocation(), matrix, format),
        isOpen(said.primaries(), AVCOL_PRI_UNSPECIFIED, AVCOL_PRI_RESERVED0, AVCOL_PRI_RESERVED)
            ? stream.primaries()
            : said.primaries(),
        isOpen(said.transfer(), AVCOL_TRC_UNSPECIFIED, AVCOL_TRC_RESERVED0, AVCOL_TRC_RESERVED)
            ? stream.transfer()
            : said.transfer(),
        grayAsRgb);
  }

  private static boolean isOpen(int value, int... open) {
    for (int candidate : open) {
      if (value == candidate) {
        return true;
      }
    }
    return false;
  }

  private static int matrix(int said, int stream) {
    if (isOpen(said, AVCOL_SPC_UNSPECIFIED, AVCOL_SPC_RESERVED, AVCOL_SPC_RGB)) {
      return stream;
    }
    // two names of the matrix of BT.601
    return said == AVCOL_SPC_BT470BG ? AVCOL_SPC_SMPTE170M : said;
  }

  private static int range(ColorTags said, ColorSpec color) {
    if (said.range() != AVCOL_RANGE_UNSPECIFIED) {
      return said.range();
    }
    return color.range() == ColorSpec.Range.FULL ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  }

  private static int chroma(int said, int matrix, int format) {
    if (said != AVCHROMA_LOC_UNSPECIFIED) {
      return said;
    }
    boolean wide = matrix == AVCOL_SPC_BT2020_NCL || matrix == AVCOL_SPC_BT2020_CL;
    return wide && Formats.unitY(format) == 2 ? AVCHROMA_LOC_TOPLEFT : AVCHROMA_LOC_LEFT;
  }

  /** Whether luminance is beyond that of SDR. */
  boolean isHdr() {
    return transfer == AVCOL_TRC_SMPTE2084 || transfer == AVCOL_TRC_ARIB_STD_B67;
  }

  /** Returns frames of another size. */
  DecodedFormat sized(int newWidth, int newHeight) {
    return new DecodedFormat(
        format, newWidth, newHeight, matrix, range, chroma, primaries, transfer, grayAsRgb);
  }

  /** Returns frames of another pixel format, with the same colors. */
  DecodedFormat formatted(int newFormat) {
    return new DecodedFormat(
        newFormat, width, height, matrix, range, chroma, primaries, transfer, grayAsRgb);
  }

  /** Returns frames of another matrix and range. */
  DecodedFormat colored(int newMatrix, int newRange) {
    return new DecodedFormat(
        format, width, height, newMatrix, newRange, chroma, primaries, transfer, grayAsRgb);
  }

  /** Sets what a frame says of itself; its planes must fit. */
  void applyTo(AVFrame frame) {
    frame.format(format);
    frame.colorspace(matrix);
    frame.color_range(range);
    frame.color_primaries(primaries);
    frame.color_trc(transfer);
    frame.chroma_location(chroma);
    frame.alpha_mode(AVALPHA_MODE_UNSPECIFIED);
  }

  /** Arguments of the buffer source that is given such frames. */
  String bufferArguments(String timeBase) {
    return String.format(
        Locale.ROOT,
        "video_size=%dx%d:pix_fmt=%d:time_base=%s:colorspace=%d:range=%d",
        width,
        height,
        format,
        timeBase,
        matrix,
        range);
  }
}
