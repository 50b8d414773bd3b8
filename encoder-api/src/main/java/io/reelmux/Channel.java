package io.reelmux;

/**
 * The place of one audio channel around the listener. The constants stand in FFmpeg's order, which
 * is the order of channels in a {@code WAVEFORMATEXTENSIBLE} header as far as that goes.
 */
public enum Channel {
  /** Front left. */
  FRONT_LEFT("FL"),
  /** Front right. */
  FRONT_RIGHT("FR"),
  /** Front center; the channel of mono audio. */
  FRONT_CENTER("FC"),
  /** Low-frequency effects. */
  LOW_FREQUENCY("LFE"),
  /** Back left. */
  BACK_LEFT("BL"),
  /** Back right. */
  BACK_RIGHT("BR"),
  /** Between front left and center. */
  FRONT_LEFT_OF_CENTER("FLC"),
  /** Between front right and center. */
  FRONT_RIGHT_OF_CENTER("FRC"),
  /** Back center. */
  BACK_CENTER("BC"),
  /** Side left. */
  SIDE_LEFT("SL"),
  /** Side right. */
  SIDE_RIGHT("SR"),
  /** Above the listener. */
  TOP_CENTER("TC"),
  /** Above, front left. */
  TOP_FRONT_LEFT("TFL"),
  /** Above, front center. */
  TOP_FRONT_CENTER("TFC"),
  /** Above, front right. */
  TOP_FRONT_RIGHT("TFR"),
  /** Above, back left. */
  TOP_BACK_LEFT("TBL"),
  /** Above, back center. */
  TOP_BACK_CENTER("TBC"),
  /** Above, back right. */
  TOP_BACK_RIGHT("TBR"),
  /** Left of a stereo downmix. */
  STEREO_LEFT("DL"),
  /** Right of a stereo downmix. */
  STEREO_RIGHT("DR"),
  /** Wide left, between front left and side left. */
  WIDE_LEFT("WL"),
  /** Wide right, between front right and side right. */
  WIDE_RIGHT("WR"),
  /** Surround direct left. */
  SURROUND_DIRECT_LEFT("SDL"),
  /** Surround direct right. */
  SURROUND_DIRECT_RIGHT("SDR"),
  /** Second channel of low-frequency effects. */
  LOW_FREQUENCY_2("LFE2"),
  /** Above, side left. */
  TOP_SIDE_LEFT("TSL"),
  /** Above, side right. */
  TOP_SIDE_RIGHT("TSR"),
  /** Below, front center. */
  BOTTOM_FRONT_CENTER("BFC"),
  /** Below, front left. */
  BOTTOM_FRONT_LEFT("BFL"),
  /** Below, front right. */
  BOTTOM_FRONT_RIGHT("BFR");

  private final String abbreviation;

  Channel(String abbreviation) {
    this.abbreviation = abbreviation;
  }

  /** {@return FFmpeg's abbreviation, such as {@code FL}} */
  public String abbreviation() {
    return abbreviation;
  }
}
