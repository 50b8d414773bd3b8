package io.reelmux;

import java.io.Serializable;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What players need to know to show HDR video on a lesser screen: the display that the video was
 * mastered on (SMPTE ST 2086) and how bright it gets (CTA-861.3). Set with {@link
 * VideoOptions.Builder#hdr}, usually along with {@link ColorSpec#BT2020_PQ}.
 *
 * <p>Files store chromaticities in steps of 0.00002 and luminances in steps of 0.0001 cd/m²; AV1 in
 * binary fractions of 16 and 8 to 18 bits.
 *
 * @param primaries the primaries of the mastering display
 * @param whitePoint the white point of the mastering display
 * @param minLuminance the luminance of its black, in cd/m²
 * @param maxLuminance the luminance of its white, in cd/m²
 * @param maxContentLightLevel the brightest pixel of the video (MaxCLL), in cd/m²; empty if not
 *     stated
 * @param maxFrameAverageLightLevel the brightest average of a frame (MaxFALL), in cd/m²; empty if
 *     not stated
 */
public record HdrMetadata(
    Primaries primaries,
    Chromaticity whitePoint,
    double minLuminance,
    double maxLuminance,
    OptionalInt maxContentLightLevel,
    OptionalInt maxFrameAverageLightLevel)
    implements Serializable {

  /** The luminance of the brightest code value of the PQ curve, in cd/m². */
  public static final double MAX_LUMINANCE = 10_000;

  /** The highest luminance of black that files can store for a display, in cd/m². */
  public static final double MAX_BLACK_LUMINANCE = 5;

  /** The highest light level that files can store, in cd/m². */
  public static final int MAX_LIGHT_LEVEL = 65_535;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a luminance or a light level is out of range, or only one
   *     of the light levels is stated
   */
  public HdrMetadata {
    Objects.requireNonNull(primaries, "primaries");
    Objects.requireNonNull(whitePoint, "whitePoint");
    inRange("minLuminance", minLuminance, 0, MAX_BLACK_LUMINANCE);
    inRange("maxLuminance", maxLuminance, 0, MAX_LUMINANCE);
    if (minLuminance >= maxLuminance) {
      throw new IllegalArgumentException(
          "minLuminance " + minLuminance + " is not below maxLuminance " + maxLuminance);
    }
    if (maxContentLightLevel.isPresent() != maxFrameAverageLightLevel.isPresent()) {
      throw new IllegalArgumentException(
          "maxContentLightLevel and maxFrameAverageLightLevel are stored together: set both");
    }
    maxContentLightLevel.ifPresent(
        level -> Checks.inRange("maxContentLightLevel", level, 0, MAX_LIGHT_LEVEL));
    maxFrameAverageLightLevel.ifPresent(
        level -> Checks.inRange("maxFrameAverageLightLevel", level, 0, MAX_LIGHT_LEVEL));
  }

  /**
   * Returns metadata that describe the mastering display.
   *
   * @param primaries the primaries of the display
   * @param whitePoint the white point of the display
   * @param minLuminance the luminance of its black in cd/m², 0 to {@value #MAX_BLACK_LUMINANCE}
   * @param maxLuminance the luminance of its white in cd/m², to {@value #MAX_LUMINANCE}
   * @return the metadata, without light levels
   * @throws IllegalArgumentException if a luminance is out of range
   */
  public static HdrMetadata of(
      Primaries primaries, Chromaticity whitePoint, double minLuminance, double maxLuminance) {
    return new HdrMetadata(
        primaries,
        whitePoint,
        minLuminance,
        maxLuminance,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /**
   * Returns metadata that describe a mastering display with BT.2020 primaries and white D65.
   *
   * @param minLuminance the luminance of its black in cd/m², 0 to {@value #MAX_BLACK_LUMINANCE}
   * @param maxLuminance the luminance of its white in cd/m², to {@value #MAX_LUMINANCE}
   * @return the metadata, without light levels
   * @throws IllegalArgumentException if a luminance is out of range
   */
  public static HdrMetadata bt2020(double minLuminance, double maxLuminance) {
    return of(Primaries.BT2020, Chromaticity.D65, minLuminance, maxLuminance);
  }

  /**
   * Returns metadata that describe a mastering display with the primaries of P3 and white D65, as
   * most of them have.
   *
   * @param minLuminance the luminance of its black in cd/m², 0 to {@value #MAX_BLACK_LUMINANCE}
   * @param maxLuminance the luminance of its white in cd/m², to {@value #MAX_LUMINANCE}
   * @return the metadata, without light levels
   * @throws IllegalArgumentException if a luminance is out of range
   */
  public static HdrMetadata displayP3(double minLuminance, double maxLuminance) {
    return of(Primaries.P3, Chromaticity.D65, minLuminance, maxLuminance);
  }

  /**
   * Returns the same metadata with the light levels of the video.
   *
   * @param maxCll the brightest pixel of the video in cd/m², 0 to {@value #MAX_LIGHT_LEVEL}
   * @param maxFall the brightest average of a frame in cd/m², 0 to {@value #MAX_LIGHT_LEVEL}
   * @return a copy
   * @throws IllegalArgumentException if a level is out of range
   */
  public HdrMetadata withContentLight(int maxCll, int maxFall) {
    return new HdrMetadata(
        primaries,
        whitePoint,
        minLuminance,
        maxLuminance,
        OptionalInt.of(maxCll),
        OptionalInt.of(maxFall));
  }

  /**
   * A color without its luminance, as CIE 1931 coordinates.
   *
   * @param x x, 0 to 0.74
   * @param y y, 0 to 0.84
   */
  public record Chromaticity(double x, double y) implements Serializable {

    /** The white of daylight. */
    public static final Chromaticity D65 = new Chromaticity(0.3127, 0.3290);

    /** The white of digital cinema. */
    public static final Chromaticity DCI = new Chromaticity(0.314, 0.351);

    /** The highest x that files can store. */
    private static final double MAX_X = 0.74;

    /** The highest y that files can store. */
    private static final double MAX_Y = 0.84;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a coordinate is out of range
     */
    public Chromaticity {
      inRange("x", x, 0, MAX_X);
      inRange("y", y, 0, MAX_Y);
    }
  }

  /**
   * The primaries of a display.
   *
   * @param red red
   * @param green green
   * @param blue blue
   */
  public record Primaries(Chromaticity red, Chromaticity green, Chromaticity blue)
      implements Serializable {

    /** BT.2020. */
    public static final Primaries BT2020 =
        new Primaries(
            new Chromaticity(0.708, 0.292),
            new Chromaticity(0.170, 0.797),
            new Chromaticity(0.131, 0.046));

    /** Digital cinema and Display P3. */
    public static final Primaries P3 =
        new Primaries(
            new Chromaticity(0.680, 0.320),
            new Chromaticity(0.265, 0.690),
            new Chromaticity(0.150, 0.060));

    /** BT.709 and sRGB. */
    public static final Primaries BT709 =
        new Primaries(
            new Chromaticity(0.640, 0.330),
            new Chromaticity(0.300, 0.600),
            new Chromaticity(0.150, 0.060));

    /** Checks that all are present. */
    public Primaries {
      Objects.requireNonNull(red, "red");
      Objects.requireNonNull(green, "green");
      Objects.requireNonNull(blue, "blue");
    }
  }

  /** An {@link OptionalInt} is not serializable. */
  private Object writeReplace() {
    return new Form(
        primaries,
        whitePoint,
        minLuminance,
        maxLuminance,
        maxContentLightLevel.orElse(NOT_SET),
        maxFrameAverageLightLevel.orElse(NOT_SET));
  }

  private static final int NOT_SET = -1;

  /** The serialized form. */
  private record Form(
      Primaries primaries,
      Chromaticity whitePoint,
      double minLuminance,
      double maxLuminance,
      int maxContentLightLevel,
      int maxFrameAverageLightLevel)
      implements Serializable {

    private Object readResolve() {
      return new HdrMetadata(
          primaries,
          whitePoint,
          minLuminance,
          maxLuminance,
          optional(maxContentLightLevel),
          optional(maxFrameAverageLightLevel));
    }

    private static OptionalInt optional(int level) {
      return level == NOT_SET ? OptionalInt.empty() : OptionalInt.of(level);
    }
  }

  private static void inRange(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          name + " " + value + ": must be from " + min + " to " + max);
    }
  }
}
