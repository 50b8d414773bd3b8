package io.reelmux;

import static io.reelmux.Channel.BACK_CENTER;
import static io.reelmux.Channel.BACK_LEFT;
import static io.reelmux.Channel.BACK_RIGHT;
import static io.reelmux.Channel.BOTTOM_FRONT_CENTER;
import static io.reelmux.Channel.BOTTOM_FRONT_LEFT;
import static io.reelmux.Channel.BOTTOM_FRONT_RIGHT;
import static io.reelmux.Channel.FRONT_CENTER;
import static io.reelmux.Channel.FRONT_LEFT;
import static io.reelmux.Channel.FRONT_LEFT_OF_CENTER;
import static io.reelmux.Channel.FRONT_RIGHT;
import static io.reelmux.Channel.FRONT_RIGHT_OF_CENTER;
import static io.reelmux.Channel.LOW_FREQUENCY;
import static io.reelmux.Channel.LOW_FREQUENCY_2;
import static io.reelmux.Channel.SIDE_LEFT;
import static io.reelmux.Channel.SIDE_RIGHT;
import static io.reelmux.Channel.TOP_BACK_CENTER;
import static io.reelmux.Channel.TOP_BACK_LEFT;
import static io.reelmux.Channel.TOP_BACK_RIGHT;
import static io.reelmux.Channel.TOP_CENTER;
import static io.reelmux.Channel.TOP_FRONT_CENTER;
import static io.reelmux.Channel.TOP_FRONT_LEFT;
import static io.reelmux.Channel.TOP_FRONT_RIGHT;
import static io.reelmux.Channel.TOP_SIDE_LEFT;
import static io.reelmux.Channel.TOP_SIDE_RIGHT;
import static io.reelmux.Channel.WIDE_LEFT;
import static io.reelmux.Channel.WIDE_RIGHT;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which channel of audio samples belongs to which place around the listener, and in which order
 * they stand; or that they are {@link #discrete} and belong to no place. Immutable.
 *
 * <p>The constants have FFmpeg's names and order of channels: {@code 5.1} is front left, front
 * right, front center, low frequencies, back left, back right. Samples in another order have a
 * layout {@link #of} their own.
 */
public final class ChannelLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** One channel. */
  public static final ChannelLayout MONO = standard("mono", FRONT_CENTER);

  /** FL, FR. */
  public static final ChannelLayout STEREO = standard("stereo", FRONT_LEFT, FRONT_RIGHT);

  /** FL, FR, LFE. */
  public static final ChannelLayout SURROUND_2_1 = standard("2.1", STEREO, LOW_FREQUENCY);

  /** FL, FR, FC. */
  public static final ChannelLayout SURROUND_3_0 = standard("3.0", STEREO, FRONT_CENTER);

  /** FL, FR, FC, LFE. */
  public static final ChannelLayout SURROUND_3_1 = standard("3.1", SURROUND_3_0, LOW_FREQUENCY);

  /** FL, FR, FC, BC. */
  public static final ChannelLayout SURROUND_4_0 = standard("4.0", SURROUND_3_0, BACK_CENTER);

  /** FL, FR, BL, BR. */
  public static final ChannelLayout QUAD = standard("quad", STEREO, BACK_LEFT, BACK_RIGHT);

  /** FL, FR, SL, SR. */
  public static final ChannelLayout QUAD_SIDE =
      standard("quad(side)", STEREO, SIDE_LEFT, SIDE_RIGHT);

  /** FL, FR, FC, BL, BR. */
  public static final ChannelLayout SURROUND_5_0 =
      standard("5.0", SURROUND_3_0, BACK_LEFT, BACK_RIGHT);

  /** FL, FR, FC, SL, SR. */
  public static final ChannelLayout SURROUND_5_0_SIDE =
      standard("5.0(side)", SURROUND_3_0, SIDE_LEFT, SIDE_RIGHT);

  /** FL, FR, FC, LFE, BL, BR. */
  public static final ChannelLayout SURROUND_5_1 = standard("5.1", SURROUND_5_0, LOW_FREQUENCY);

  /** FL, FR, FC, LFE, SL, SR. */
  public static final ChannelLayout SURROUND_5_1_SIDE =
      standard("5.1(side)", SURROUND_5_0_SIDE, LOW_FREQUENCY);

  /** FL, FR, FC, LFE, BC, SL, SR. */
  public static final ChannelLayout SURROUND_6_1 = standard("6.1", SURROUND_5_1_SIDE, BACK_CENTER);

  /** FL, FR, FC, LFE, BL, BR, SL, SR. */
  public static final ChannelLayout SURROUND_7_1 =
      standard("7.1", SURROUND_5_1_SIDE, BACK_LEFT, BACK_RIGHT);

  /** FL, FR, FC, LFE, BL, BR, FLC, FRC. */
  public static final ChannelLayout SURROUND_7_1_WIDE =
      standard("7.1(wide)", SURROUND_5_1, FRONT_LEFT_OF_CENTER, FRONT_RIGHT_OF_CENTER);

  /** FL, FR, FC, LFE, SL, SR, TFL, TFR. */
  public static final ChannelLayout SURROUND_5_1_2 =
      standard("5.1.2", SURROUND_5_1_SIDE, TOP_FRONT_LEFT, TOP_FRONT_RIGHT);

  /** FL, FR, FC, LFE, SL, SR, TFL, TFR, TBL, TBR. */
  public static final ChannelLayout SURROUND_5_1_4 =
      standard("5.1.4", SURROUND_5_1_2, TOP_BACK_LEFT, TOP_BACK_RIGHT);

  /** FL, FR, FC, LFE, BL, BR, SL, SR, TFL, TFR. */
  public static final ChannelLayout SURROUND_7_1_2 =
      standard("7.1.2", SURROUND_7_1, TOP_FRONT_LEFT, TOP_FRONT_RIGHT);

  /** FL, FR, FC, LFE, BL, BR, SL, SR, TFL, TFR, TBL, TBR. */
  public static final ChannelLayout SURROUND_7_1_4 =
      standard("7.1.4", SURROUND_7_1_2, TOP_BACK_LEFT, TOP_BACK_RIGHT);

  /** FL, FR, FC, LFE, BL, BR, FLC, FRC, SL, SR, TFL, TFR, TBL, TBR. */
  public static final ChannelLayout SURROUND_9_1_4 =
      standard("9.1.4", SURROUND_7_1_4, FRONT_LEFT_OF_CENTER, FRONT_RIGHT_OF_CENTER);

  /** FL, FR, FC, LFE, BL, BR, FLC, FRC, SL, SR, TFL, TFR, TBL, TBR, TSL, TSR. */
  public static final ChannelLayout SURROUND_9_1_6 =
      standard("9.1.6", SURROUND_9_1_4, TOP_SIDE_LEFT, TOP_SIDE_RIGHT);

  /** FL, FR, FC, BL, BR, BC, SL, SR, TFL, TFC, TFR, TBL, TBC, TBR, WL, WR. */
  public static final ChannelLayout HEXADECAGONAL =
      standard(
          "hexadecagonal",
          SURROUND_5_0_SIDE,
          BACK_LEFT,
          BACK_RIGHT,
          BACK_CENTER,
          TOP_FRONT_LEFT,
          TOP_FRONT_CENTER,
          TOP_FRONT_RIGHT,
          TOP_BACK_LEFT,
          TOP_BACK_CENTER,
          TOP_BACK_RIGHT,
          WIDE_LEFT,
          WIDE_RIGHT);

  /** 24 channels in three layers. */
  public static final ChannelLayout SURROUND_22_2 =
      standard(
          "22.2",
          SURROUND_9_1_6,
          BACK_CENTER,
          LOW_FREQUENCY_2,
          TOP_FRONT_CENTER,
          TOP_CENTER,
          TOP_BACK_CENTER,
          BOTTOM_FRONT_CENTER,
          BOTTOM_FRONT_LEFT,
          BOTTOM_FRONT_RIGHT);

  private static final List<ChannelLayout> STANDARD =
      List.of(
          MONO,
          STEREO,
          SURROUND_2_1,
          SURROUND_3_0,
          SURROUND_3_1,
          SURROUND_4_0,
          QUAD,
          QUAD_SIDE,
          SURROUND_5_0,
          SURROUND_5_0_SIDE,
          SURROUND_5_1,
          SURROUND_5_1_SIDE,
          SURROUND_6_1,
          SURROUND_7_1,
          SURROUND_7_1_WIDE,
          SURROUND_5_1_2,
          SURROUND_5_1_4,
          SURROUND_7_1_2,
          SURROUND_7_1_4,
          SURROUND_9_1_4,
          SURROUND_9_1_6,
          HEXADECAGONAL,
          SURROUND_22_2);

  private final String name;
  private final int count;

  /** Empty for discrete channels. */
  private final List<Channel> channels;

  private ChannelLayout(String name, int count, List<Channel> channels) {
    this.name = name;
    this.count = count;
    this.channels = channels;
  }

  private static ChannelLayout standard(String name, ChannelLayout base, Channel... more) {
    return standard(
        name, Stream.concat(base.channels.stream(), Stream.of(more)).toArray(Channel[]::new));
  }

  private static ChannelLayout standard(String name, Channel... channels) {
    List<Channel> ordered = Stream.of(channels).sorted().toList();
    return new ChannelLayout(name, ordered.size(), ordered);
  }

  /**
   * Returns the layout of channels in this order. It equals a constant if that has the same
   * channels in the same order.
   *
   * @param channels at least one, each once
   * @return the layout
   * @throws IllegalArgumentException if there is no channel, or one stands twice
   */
  public static ChannelLayout of(Channel... channels) {
    return of(List.of(channels));
  }

  /**
   * Returns the layout of channels in this order.
   *
   * @param channels at least one, each once
   * @return the layout
   * @throws IllegalArgumentException if there is no channel, or one stands twice
   */
  public static ChannelLayout of(List<Channel> channels) {
    List<Channel> list = List.copyOf(channels);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("a channel layout requires at least one channel");
    }
    Set<Channel> seen = EnumSet.noneOf(Channel.class);
    for (Channel channel : list) {
      if (!seen.add(channel)) {
        throw new IllegalArgumentException("channel " + channel + " stands twice in " + list);
      }
    }
    for (ChannelLayout standard : STANDARD) {
      if (standard.channels.equals(list)) {
        return standard;
      }
    }
    String name = list.stream().map(Channel::abbreviation).collect(Collectors.joining("+"));
    return new ChannelLayout(name, list.size(), list);
  }

  /**
   * Returns the layout of channels that are equal to each other and belong to no place, such as
   * those of several microphones. Mixed to {@link #MONO} or {@link #STEREO}, each output channel is
   * the mean of all.
   *
   * @param count 1 to {@value AudioOptions#MAX_CHANNELS}
   * @return the layout
   * @throws IllegalArgumentException if out of range
   */
  public static ChannelLayout discrete(int count) {
    Checks.inRange("count", count, 1, AudioOptions.MAX_CHANNELS);
    return new ChannelLayout(count + " discrete channels", count, List.of());
  }

  /**
   * Returns the constant with FFmpeg's name.
   *
   * @param name such as {@code stereo}, {@code 5.1} or {@code 7.1(wide)}
   * @return the layout
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static ChannelLayout named(String name) {
    Objects.requireNonNull(name, "name");
    for (ChannelLayout standard : STANDARD) {
      if (standard.name.equals(name)) {
        return standard;
      }
    }
    throw new IllegalArgumentException(
        "unknown channel layout '"
            + name
            + "'; known ones: "
            + STANDARD.stream().map(ChannelLayout::name).collect(Collectors.joining(", ")));
  }

  /** {@return all constants} */
  public static List<ChannelLayout> standard() {
    return STANDARD;
  }

  /** The layout that a count alone says without doubt. */
  static Optional<ChannelLayout> ofCount(int count) {
    return switch (count) {
      case 1 -> Optional.of(MONO);
      case 2 -> Optional.of(STEREO);
      default -> Optional.empty();
    };
  }

  /** {@return FFmpeg's name; the channels' abbreviations if it has none} */
  public String name() {
    return name;
  }

  /** {@return the number of channels} */
  public int count() {
    return count;
  }

  /** {@return the channels in their order; empty if they are discrete} */
  public List<Channel> channels() {
    return channels;
  }

  /** {@return whether the channels belong to no place} */
  public boolean isDiscrete() {
    return channels.isEmpty();
  }

  /** {@return the layout with the same channels in FFmpeg's order} */
  public ChannelLayout ordered() {
    if (isDiscrete()) {
      return this;
    }
    List<Channel> sorted = new ArrayList<>(channels);
    Collections.sort(sorted);
    return of(sorted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelLayout that
        && count == that.count
        && channels.equals(that.channels);
  }

  @Override
  public int hashCode() {
    return 31 * count + channels.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
