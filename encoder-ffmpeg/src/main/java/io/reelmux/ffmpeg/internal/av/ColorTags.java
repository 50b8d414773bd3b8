package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE431;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE432;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT2020_10;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_GAMMA22;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_GAMMA28;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_IEC61966_2_1;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_LINEAR;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;

import io.reelmux.ColorSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
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
      case BT470BG -> AVCOL_PRI_BT470BG;
      case BT2020 -> AVCOL_PRI_BT2020;
      case DCI_P3 -> AVCOL_PRI_SMPTE431;
      case DISPLAY_P3 -> AVCOL_PRI_SMPTE432;
    };
  }

  private static int transfer(ColorSpec.Transfer transfer) {
    return switch (transfer) {
      case BT709 -> AVCOL_TRC_BT709;
      case BT601 -> AVCOL_TRC_SMPTE170M;
      case SRGB -> AVCOL_TRC_IEC61966_2_1;
      case GAMMA22 -> AVCOL_TRC_GAMMA22;
      case GAMMA28 -> AVCOL_TRC_GAMMA28;
      case LINEAR -> AVCOL_TRC_LINEAR;
      case BT2020 -> AVCOL_TRC_BT2020_10;
      case PQ -> AVCOL_TRC_SMPTE2084;
      case HLG -> AVCOL_TRC_ARIB_STD_B67;
    };
  }

  /** The tags of a stream. */
  public static ColorTags of(AVCodecParameters stream) {
    return new ColorTags(
        stream.color_space(),
        stream.color_range(),
        stream.color_primaries(),
        stream.color_trc(),
        stream.chroma_location());
  }

  /** The colors as the caller names them; empty if one has no name there. */
  public Optional<ColorSpec> toSpec() {
    boolean rgb = matrix == AVCOL_SPC_RGB;
    Optional<ColorSpec.Matrix> first =
        find(
            ColorSpec.Matrix.values(),
            value -> (rgb && value == ColorSpec.Matrix.BT709) || matrix(value) == matrix);
    Optional<ColorSpec.Range> second =
        find(ColorSpec.Range.values(), value -> range(value) == range);
    Optional<ColorSpec.Primaries> third =
        find(ColorSpec.Primaries.values(), value -> primaries(value) == primaries);
    Optional<ColorSpec.Transfer> fourth =
        find(ColorSpec.Transfer.values(), value -> transfer(value) == transfer);
    return first.isPresent() && second.isPresent() && third.isPresent() && fourth.isPresent()
        ? Optional.of(new ColorSpec(first.get(), second.get(), third.get(), fourth.get()))
        : Optional.empty();
  }

  private static <T> Optional<T> find(T[] values, Predicate<T> matches) {
    return Arrays.stream(values).filter(matches).findFirst();
  }

  /** Tags the description of a stream. */
  public void applyTo(AVCodecParameters stream) {
    stream.color_space(matrix);
    stream.color_range(range);
    stream.color_primaries(primaries);
    stream.color_trc(transfer);
    stream.chroma_location(chromaLocation);
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
