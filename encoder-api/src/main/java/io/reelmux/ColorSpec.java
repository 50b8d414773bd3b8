package io.reelmux;

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
public record ColorSpec(Matrix matrix, Range range, Primaries primaries, Transfer transfer) {

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
    /** BT.2020. */
    BT2020
  }

  /** Transfer characteristics (H.273 table 3). */
  public enum Transfer {
    /** BT.709. */
    BT709,
    /** SMPTE 170M. */
    BT601,
    /** IEC 61966-2-1. */
    SRGB,
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
