package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT2020_10;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT2020_12;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_IEC61966_2_1;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;

import io.reelmux.ColorSpec;
import io.reelmux.ColorSpec.Primaries;
import io.reelmux.ColorSpec.Range;
import io.reelmux.ColorSpec.Transfer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The color space of a decoded frame. */
public final class Colors {

  /** Untagged frames up to this height are treated as standard definition, as players do. */
  private static final int SD_HEIGHT = 576;

  private Colors() {}

  /**
   * Returns the frame's own tags; missing ones follow from its matrix, a missing matrix from its
   * height.
   */
  public static ColorSpec of(AVFrame frame) {
    ColorSpec usual = byMatrix(frame);
    return new ColorSpec(
        usual.matrix(),
        frame.color_range() == AVCOL_RANGE_JPEG ? Range.FULL : Range.LIMITED,
        primaries(frame.color_primaries(), usual.primaries()),
        transfer(frame.color_trc(), usual.transfer()));
  }

  private static ColorSpec byMatrix(AVFrame frame) {
    return switch (frame.colorspace()) {
      case AVCOL_SPC_BT709 -> ColorSpec.BT709_LIMITED;
      case AVCOL_SPC_SMPTE170M, AVCOL_SPC_BT470BG -> ColorSpec.BT601_LIMITED;
      case AVCOL_SPC_BT2020_NCL -> ColorSpec.BT2020_LIMITED;
      default -> frame.height() <= SD_HEIGHT ? ColorSpec.BT601_LIMITED : ColorSpec.BT709_LIMITED;
    };
  }

  private static Primaries primaries(int tag, Primaries usual) {
    return switch (tag) {
      case AVCOL_PRI_BT709 -> Primaries.BT709;
      case AVCOL_PRI_SMPTE170M, AVCOL_PRI_BT470BG -> Primaries.BT601;
      case AVCOL_PRI_BT2020 -> Primaries.BT2020;
      default -> usual;
    };
  }

  private static Transfer transfer(int tag, Transfer usual) {
    return switch (tag) {
      case AVCOL_TRC_BT709 -> Transfer.BT709;
      case AVCOL_TRC_SMPTE170M -> Transfer.BT601;
      case AVCOL_TRC_IEC61966_2_1 -> Transfer.SRGB;
      case AVCOL_TRC_BT2020_10, AVCOL_TRC_BT2020_12 -> Transfer.BT2020;
      case AVCOL_TRC_SMPTE2084 -> Transfer.PQ;
      case AVCOL_TRC_ARIB_STD_B67 -> Transfer.HLG;
      default -> usual;
    };
  }
}
