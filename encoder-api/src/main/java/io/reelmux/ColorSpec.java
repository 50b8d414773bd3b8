package io.reelmux;

import java.io.Serializable;

/**
 * The color space of a video: matrix, range, primaries and transfer, as in ITU-T H.273.
 *
 * <p>RGB input is converted to Y'CbCr with {@code matrix} and {@code range}, and the stream and the
 * container are tagged with all four. {@code primaries} and {@code transfer} are tags only: R'G'B'
 * values are assumed to use them already. YUV input is passed through unchanged and tagged.
 *
 * @param matrix the conversion from R'G'B' to Y'CbCr
 * @param range the code values of black and white
 * @param primaries the chromaticities of red, green and blue
 * @param transfer the transfer characteristics, from code values to light
 */
public record ColorSpec(Matrix matrix, Range range, Primaries primaries, Transfer transfer)
    implements Serializable {

  /** High definition, studio range; what players assume for HD, and the default. */
  public static final ColorSpec BT709_LIMITED =
      new ColorSpec(Matrix.BT709, Range.LIMITED, Primaries.BT709, Transfer.BT709);

  /** High definition, full range. */
  public static final ColorSpec BT709_FULL =
      new ColorSpec(Matrix.BT709, Range.FULL, Primaries.BT709, Transfer.BT709);

  /** Standard definition (525 lines), studio range. */
  public static final ColorSpec BT601_LIMITED =
      new ColorSpec(Matrix.BT601, Range.LIMITED, Primaries.BT601, Transfer.BT601);

  /** Standard definition (525 lines), full range; the matrix and range of JPEG. */
  public static final ColorSpec BT601_FULL =
      new ColorSpec(Matrix.BT601, Range.FULL, Primaries.BT601, Transfer.BT601);

  /** Standard definition (625 lines, PAL), studio range. */
  public static final ColorSpec BT601_PAL_LIMITED =
      new ColorSpec(Matrix.BT601, Range.LIMITED, Primaries.BT470BG, Transfer.BT601);

  /** Standard definition (625 lines, PAL), full range. */
  public static final ColorSpec BT601_PAL_FULL =
      new ColorSpec(Matrix.BT601, Range.FULL, Primaries.BT470BG, Transfer.BT601);

  /**
   * Display P3, studio range: what a canvas, a screen or a photo in Display P3 holds, with the
   * matrix that players expect of high definition.
   */
  public static final ColorSpec DISPLAY_P3 =
      new ColorSpec(Matrix.BT709, Range.LIMITED, Primaries.DISPLAY_P3, Transfer.SRGB);

  /** Ultra high definition, standard dynamic range, studio range. */
  public static final ColorSpec BT2020_LIMITED =
      new ColorSpec(Matrix.BT2020, Range.LIMITED, Primaries.BT2020, Transfer.BT2020);

  /** HDR10 and related formats: BT.2020 with the PQ curve, studio range. */
  public static final ColorSpec BT2020_PQ =
      new ColorSpec(Matrix.BT2020, Range.LIMITED, Primaries.BT2020, Transfer.PQ);

  /** Broadcast HDR: BT.2020 with the HLG curve, studio range. */
  public static final ColorSpec BT2020_HLG =
      new ColorSpec(Matrix.BT2020, Range.LIMITED, Primaries.BT2020, Transfer.HLG);

  /** Matrix coefficients (H.273 table 4). */
  public enum Matrix {
    /** BT.709: Kr 0.2126, Kb 0.0722. */
    BT709(0.2126, 0.0722),
    /** BT.601: Kr 0.299, Kb 0.114. */
    BT601(0.299, 0.114),
    /** BT.2020, non-constant luminance: Kr 0.2627, Kb 0.0593. */
    BT2020(0.2627, 0.0593);

    private final double kr;
    private final double kb;

    Matrix(double kr, double kb) {
      this.kr = kr;
      this.kb = kb;
    }

    /** {@return the weight of red in luma} */
    public double kr() {
      return kr;
    }

    /** {@return the weight of blue in luma} */
    public double kb() {
      return kb;
    }
  }

  /** Black and white levels. */
  public enum Range {
    /** Studio range: luma 16 to 235, chroma 16 to 240 in 8 bits. */
    LIMITED,
    /** Full range: 0 to 255 in 8 bits. */
    FULL
  }

  /** Color primaries (H.273 table 2). */
  public enum Primaries {
    /** BT.709, which sRGB shares. */
    BT709,
    /** SMPTE 170M, 525-line television. */
    BT601,
    /** BT.470 system B/G: 625-line television, PAL. */
    BT470BG,
    /** BT.2020. */
    BT2020,
    /** SMPTE RP 431-2, the P3 of digital cinema, with its greenish white. */
    DCI_P3,
    /** SMPTE EG 432-1, P3 with the white of daylight (D65). */
    DISPLAY_P3
  }

  /** Transfer characteristics (H.273 table 3). */
  public enum Transfer {
    /** BT.709. */
    BT709,
    /** SMPTE 170M. */
    BT601,
    /** IEC 61966-2-1. */
    SRGB,
    /** A gamma of 2.2: BT.470 system M. */
    GAMMA22,
    /** A gamma of 2.8: BT.470 system B/G. */
    GAMMA28,
    /** Code values proportional to light. */
    LINEAR,
    /** BT.2020, 10 bits. */
    BT2020,
    /** SMPTE ST 2084, perceptual quantizer. */
    PQ,
    /** ARIB STD-B67, hybrid log-gamma. */
    HLG
  }

  /**
   * Returns the same color space with another range.
   *
   * @param range the new range
   * @return a copy
   */
  public ColorSpec withRange(Range range) {
    return new ColorSpec(matrix, range, primaries, transfer);
  }
}
