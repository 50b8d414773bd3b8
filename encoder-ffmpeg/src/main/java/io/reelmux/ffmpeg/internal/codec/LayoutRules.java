package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.AudioOptions;
import io.reelmux.ChannelLayout;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;

/** Chooses the channel layout of an audio encoder. */
final class LayoutRules {
  /** What a number of channels means where nothing else is said. */
  private static final List<String> USUAL =
      List.of("3.0", "4.0", "quad", "5.0", "5.1", "6.1", "7.1");

  /** Without low frequencies, which encoders filter. */
  private static final List<String> EQUAL =
      List.of("3.0", "quad", "4.0", "5.0", "5.0(side)", "hexagonal", "7.0", "octagonal");

  private final String encoder;
  private final AudioProfile profile;
  private final List<String> supported = new ArrayList<>();

  /** Rules for one encoder. */
  LayoutRules(AVCodec codec, AudioProfile profile, AudioOptions options) throws EncoderException {
    this.encoder = Av.string(codec.name());
    this.profile = profile;
    for (AVChannelLayout layout : Supported.channelLayouts(codec)) {
      supported.add(NativeChannelLayout.describe(layout));
    }
    if (supported.isEmpty()) {
      supported.addAll(profile.layouts(options));
    }
  }

  /**
   * Returns the layout that was asked for. Channels without a place stay so if the encoder can say
   * that; otherwise it gets one of its layouts, and a note names it.
   *
   * @throws IllegalArgumentException if the encoder does not support the layout
   */
  NativeChannelLayout choose(AudioOptions options, Notes notes) throws EncoderException {
    int channels = options.outputChannels();
    ChannelLayout wanted =
        options.outputChannelLayout().orElseGet(() -> ChannelLayout.discrete(channels));
    if (!wanted.isDiscrete()) {
      return named(wanted);
    }
    for (String candidate : candidates(options.outputChannelLayout().isPresent())) {
      NativeChannelLayout layout = NativeChannelLayout.named(candidate);
      if (layout.struct().nb_channels() == channels) {
        note(options, candidate, notes);
        return layout;
      }
      layout.close();
    }
    return NativeChannelLayout.unnamed(channels);
  }

  /** The layouts that the encoder may give channels of no place, the best first. */
  private List<String> candidates(boolean discrete) {
    if (supported.isEmpty()) {
      return profile.assumedLayouts();
    }
    List<String> all = new ArrayList<>(discrete ? EQUAL : USUAL);
    all.retainAll(supported);
    all.addAll(supported);
    return all;
  }

  private NativeChannelLayout named(ChannelLayout wanted) throws EncoderException {
    NativeChannelLayout layout = NativeChannelLayout.of(wanted);
    try {
      if (!supported.isEmpty() && !supported.contains(layout.describe())) {
        throw new IllegalArgumentException(
            encoder
                + " does not support the channel layout "
                + wanted
                + "; it supports: "
                + String.join(", ", supported)
                + "; use AudioOptions.outputChannelLayout to mix");
      }
      return layout;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, layout);
      throw e;
    }
  }

  private void note(AudioOptions options, String layout, Notes notes) {
    boolean discrete = options.outputChannelLayout().isPresent();
    notes.add(
        options.outputChannels()
            + (discrete ? " discrete channels" : " channels without a channelLayout")
            + " were marked as "
            + layout
            + ", since "
            + encoder
            + " cannot leave their places open");
  }
}
