package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT2020_10;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_IEC61966_2_1;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;

import io.reelmux.ColorSpec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The color tags of a frame or an encoder, as FFmpeg's constants.
 *
 * @param matrix AVColorSpace
 * @param range AVColorRange
 * @param primaries AVColorPrimaries
 * @param transfer AVColorTransferCharacteristic
 * @param chromaLocation AVChromaLocation
 */
public record ColorTags(int matrix, int range, int primaries, int transfer, int chromaLocation) {

  /**
   * The tags of frames.
   *
   * @param pixelFormat the format of the frames: RGB has no matrix and full range
   */
  public static ColorTags of(int pixelFormat, ColorSpec spec, int chromaLocation) {
    boolean rgb = PixelFormat.isRgb(pixelFormat);
    return new ColorTags(
        rgb ? AVCOL_SPC_RGB : matrix(spec.matrix()),
        rgb ? AVCOL_RANGE_JPEG : range(spec.range()),
        primaries(spec.primaries()),
        transfer(spec.transfer()),
        chromaLocation);
  }

  private static int matrix(ColorSpec.Matrix matrix) {
    return switch (matrix) {
      case BT709 -> AVCOL_SPC_BT709;
      case BT601 -> AVCOL_SPC_SMPTE170M;
      case BT2020 -> AVCOL_SPC_BT2020_NCL;
    };
  }

  private static int range(ColorSpec.Range range) {
    return range == ColorSpec.Range.FULL ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  }

  private static int primaries(ColorSpec.Primaries primaries) {
    return switch (primaries) {
      case BT709 -> AVCOL_PRI_BT709;
      case BT601 -> AVCOL_PRI_SMPTE170M;
      case BT2020 -> AVCOL_PRI_BT2020;
    };
  }

  private static int transfer(ColorSpec.Transfer transfer) {
    return switch (transfer) {
      case BT709 -> AVCOL_TRC_BT709;
      case BT601 -> AVCOL_TRC_SMPTE170M;
      case SRGB -> AVCOL_TRC_IEC61966_2_1;
      case BT2020 -> AVCOL_TRC_BT2020_10;
      case PQ -> AVCOL_TRC_SMPTE2084;
      case HLG -> AVCOL_TRC_ARIB_STD_B67;
    };
  }

  /** Tags a frame. */
  public void applyTo(AVFrame frame) {
    frame.colorspace(matrix);
    frame.color_range(range);
    frame.color_primaries(primaries);
    frame.color_trc(transfer);
    frame.chroma_location(chromaLocation);
  }

  /** Tags the output of an encoder that has not been opened. */
  public void applyTo(AVCodecContext context) {
    context.colorspace(matrix);
    context.color_range(range);
    context.color_primaries(primaries);
    context.color_trc(transfer);
    context.chroma_sample_location(chromaLocation);
  }
}
