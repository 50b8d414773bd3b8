package io.reelmux.ffmpeg.internal.choose;

import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_CENTER;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_LEFT;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT2020_10;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_IEC61966_2_1;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;

import io.reelmux.ColorSpec;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Chooses the colors of a stream and maps them to FFmpeg's constants. */
public final class ColorRules {

  /** Encoders that write the matrix into the stream itself. */
  private static final Set<String> TAGGING =
      Set.of(
          "libx264",
          "libx264rgb",
          "libx265",
          "libopenh264",
          "libsvtav1",
          "libaom-av1",
          "libvpx-vp9",
          "mpeg2video",
          "prores",
          "prores_aw",
          "prores_ks",
          "h264_nvenc",
          "hevc_nvenc",
          "av1_nvenc");

  /** Encoders whose decoders read every value as full range, gray included. */
  private static final Set<String> FULL_RANGE_ALWAYS = Set.of("png", "apng");

  /** The colors of RGB input, which RGB output keeps. */
  private static final ColorSpec SRGB =
      new ColorSpec(
          ColorSpec.Matrix.BT709,
          ColorSpec.Range.FULL,
          ColorSpec.Primaries.BT709,
          ColorSpec.Transfer.SRGB);

  /** Encoders whose standards place chroma samples in the center between pixels. */
  private static final Set<String> CENTERED = Set.of("mjpeg", "mpeg1video");

  private ColorRules() {}

  /**
   * Returns the requested colors; otherwise BT.709 limited range if the stream or the container
   * carries them, and what decoders assume if neither does. RGB formats keep the colors of RGB
   * input.
   */
  public static ColorSpec choose(
      Optional<ColorSpec> wanted, String encoder, int pixelFormat, @Nullable Container container) {
    return wanted.orElseGet(
        () -> {
          if (encoder.equals("mjpeg")) {
            return ColorSpec.BT601_FULL;
          }
          if (PixelFormats.isRgb(pixelFormat) || FULL_RANGE_ALWAYS.contains(encoder)) {
            return SRGB;
          }
          boolean tagged =
              TAGGING.contains(encoder)
                  || (container != null && container.carriesColor() && !encoder.equals("libvpx"));
          return tagged ? ColorSpec.BT709_LIMITED : ColorSpec.BT601_LIMITED;
        });
  }

  /** AVColorSpace. */
  public static int matrix(ColorSpec spec) {
    return switch (spec.matrix()) {
      case BT709 -> AVCOL_SPC_BT709;
      case BT601 -> AVCOL_SPC_SMPTE170M;
      case BT2020 -> AVCOL_SPC_BT2020_NCL;
    };
  }

  /** AVColorRange. */
  public static int range(ColorSpec spec) {
    return spec.range() == ColorSpec.Range.FULL ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  }

  /** AVColorPrimaries. */
  public static int primaries(ColorSpec spec) {
    return switch (spec.primaries()) {
      case BT709 -> AVCOL_PRI_BT709;
      case BT601 -> AVCOL_PRI_SMPTE170M;
      case BT2020 -> AVCOL_PRI_BT2020;
    };
  }

  /** AVColorTransferCharacteristic. */
  public static int transfer(ColorSpec spec) {
    return switch (spec.transfer()) {
      case BT709 -> AVCOL_TRC_BT709;
      case BT601 -> AVCOL_TRC_SMPTE170M;
      case SRGB -> AVCOL_TRC_IEC61966_2_1;
      case BT2020 -> AVCOL_TRC_BT2020_10;
      case PQ -> AVCOL_TRC_SMPTE2084;
      case HLG -> AVCOL_TRC_ARIB_STD_B67;
    };
  }

  /** The position of chroma samples: left, but center for JPEG and MPEG-1. */
  public static int chromaLocation(int pixelFormat, String encoder) {
    AVPixFmtDescriptor descriptor = PixelFormats.descriptor(pixelFormat);
    if (!PixelFormats.isYuv(pixelFormat) || descriptor.log2_chroma_w() == 0) {
      return AVCHROMA_LOC_UNSPECIFIED;
    }
    return CENTERED.contains(encoder) ? AVCHROMA_LOC_CENTER : AVCHROMA_LOC_LEFT;
  }
}
