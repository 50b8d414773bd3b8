package io.reelmux.ffmpeg.internal.audio;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_copy;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.codec.AudioRules;
import io.reelmux.ffmpeg.internal.codec.OpenRefusal;
import io.reelmux.ffmpeg.internal.codec.Supported;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Turns options into an open audio encoder. */
final class AudioSetup {

  private AudioSetup() {}

  /**
   * Opens an encoder.
   *
   * @throws IllegalArgumentException if a setting is invalid
   * @throws EncoderException if the encoder refuses
   */
  static CodecContext open(AVCodec chosen, AudioOptions options, Container container, Notes notes)
      throws EncoderException {
    AudioRules rules = new AudioRules(chosen);
    container.checkGaps(options.gaps(), chosen.id());
    int sampleRate = rules.sampleRate(options);
    if (sampleRate != options.outputSampleRate().orElse(options.sampleRate())) {
      notes.add(
          options.sampleRate()
              + " Hz was resampled to "
              + sampleRate
              + " Hz, the nearest rate that "
              + Av.string(chosen.name())
              + " has");
    }
    int channels = rules.channels(options);
    int sampleFormat = rules.sampleFormat(options);
    CodecContext codec = CodecContext.allocate(chosen);
    try (NativeChannelLayout layout = rules.layout(options, notes)) {
      AVCodecContext context = codec.struct();
      context.sample_rate(sampleRate);
      context.sample_fmt(sampleFormat);
      context.time_base().num(1).den(sampleRate);
      Av.check(
          av_channel_layout_copy(context.ch_layout(), layout.struct()), "copy a channel layout");
      OptionSetter setter =
          new OptionSetter(
              context,
              "encoder " + codec.name(),
              OwnedOptions.AUDIO,
              LibraryParameters.NONE,
              rules.ranges());
      OwnedOptions.refuseDuplicates(options);
      options
          .bitRate()
          .ifPresent(rate -> context.bit_rate(rules.bitRate(rate, channels, sampleRate)));
      setter.setAll(options.options());
      codec.setGlobalHeader(container.globalHeader());
      try {
        codec.open();
      } catch (EncoderException e) {
        String settings =
            sampleRate
                + " Hz, "
                + layout.describe()
                + ", "
                + String.join("", Supported.sampleFormatNames(List.of(sampleFormat)));
        OpenRefusal.check(e, codec.name(), options, settings);
        throw e;
      }
      for (Container member : container.members()) {
        Notes own = notes.in(member.output());
        rules.noteRate(sampleRate, member, own);
        rules.noteLayout(options, context.ch_layout(), member, own);
      }
      codec.requireUnchanged(
          context.sample_rate() == sampleRate
              && context.ch_layout().nb_channels() == channels
              && context.sample_fmt() == sampleFormat);
      return codec;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, codec);
      throw e;
    }
  }
}
