package io.reelmux.reader.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_NATIVE;

import io.reelmux.Channel;
import io.reelmux.ChannelLayout;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.reader.ffmpeg.internal.decode.DamageCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;

/**
 * How a stream's channels become those asked for: they pass unchanged, each output channel is the
 * mean of all, or they are mixed by their places so that nothing clips.
 */
final class ChannelMix implements AutoCloseable {
  private final ChannelLayout channels;
  private final NativeChannelLayout target;
  private final boolean byPlace;

  private ChannelMix(ChannelLayout channels, NativeChannelLayout target, boolean byPlace) {
    this.channels = channels;
    this.target = target;
    this.byPlace = byPlace;
  }

  /**
   * Decides how channels are mixed.
   *
   * @param layout the stream's
   * @param named the same as the caller sees it
   * @param wanted empty for the stream's
   * @param notes receives the channels that are lost
   * @throws IllegalArgumentException if it is not known how to mix them
   */
  static ChannelMix of(
      AVChannelLayout layout,
      ChannelLayout named,
      Optional<ChannelLayout> wanted,
      DamageCount notes)
      throws EncoderException {
    ChannelLayout channels = wanted.orElse(named);
    if (wanted.isEmpty()) {
      return new ChannelMix(channels, NativeChannelLayout.copyOf(layout), /* byPlace= */ false);
    }
    if (named.isDiscrete() || channels.isDiscrete()) {
      requireMean(named, channels);
      return new ChannelMix(channels, NativeChannelLayout.of(channels), /* byPlace= */ false);
    }
    ChannelMix mix =
        new ChannelMix(channels, NativeChannelLayout.of(channels), /* byPlace= */ true);
    try {
      mix.noteLosses(layout, named, notes);
      return mix;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, mix);
      throw e;
    }
  }

  private static void requireMean(ChannelLayout from, ChannelLayout to) {
    if (from.count() != to.count() && to.count() > 2) {
      throw new IllegalArgumentException(
          "channels "
              + to
              + ": the stream has "
              + from
              + ", and it is not known how to mix them; possible are mono, stereo and "
              + ChannelLayout.discrete(from.count()));
    }
  }

  private void noteLosses(AVChannelLayout layout, ChannelLayout named, DamageCount notes)
      throws EncoderException {
    double[] matrix = matrix(layout);
    List<String> lost = new ArrayList<>();
    for (int i = 0; matrix.length > 0 && i < named.count(); i++) {
      int channel = i;
      if (IntStream.range(0, channels.count())
          .allMatch(out -> matrix[out * named.count() + channel] == 0)) {
        lost.add(named.ordered().channels().get(i).abbreviation());
      }
    }
    if (!lost.isEmpty()) {
      notes.note(
          String.join(", ", lost) + " of " + named + " is left out of the mix to " + channels);
    }
  }

  /** The channels in the caller's order. */
  ChannelLayout channels() {
    return channels;
  }

  /** The channels in FFmpeg's order. */
  AVChannelLayout target() {
    return target.struct();
  }

  /** For each of the caller's channels, its position in FFmpeg's order; empty if it is the same. */
  int[] order() {
    List<Channel> ordered = channels.ordered().channels();
    return !byPlace || ordered.equals(channels.channels())
        ? new int[0]
        : channels.channels().stream().mapToInt(ordered::indexOf).toArray();
  }

  /**
   * Returns how frames are mixed.
   *
   * @return a row of factors for each output channel; empty if the channels pass unchanged
   */
  double[] matrix(AVChannelLayout from) throws EncoderException {
    if (target.isSame(from)) {
      return new double[0];
    }
    if (byPlace && from.order() == AV_CHANNEL_ORDER_NATIVE) {
      return NativeChannelLayout.mix(from, target.struct());
    }
    if (from.nb_channels() == channels.count()) {
      return new double[0];
    }
    double[] mean = new double[from.nb_channels() * channels.count()];
    Arrays.fill(mean, 1.0 / from.nb_channels());
    return mean;
  }

  @Override
  public void close() {
    target.close();
  }
}
