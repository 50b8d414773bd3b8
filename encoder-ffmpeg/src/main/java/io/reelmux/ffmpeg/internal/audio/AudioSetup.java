package io.reelmux.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.ChannelLayout;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.codec.AudioRules;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.jspecify.annotations.Nullable;

/** Turns options into an open audio encoder. */
final class AudioSetup {

  private AudioSetup() {}

  /**
   * Opens an encoder.
   *
   * @param container null where packets go to a listener
   * @throws IllegalArgumentException if a setting is invalid
   * @throws EncoderException if the encoder refuses
   */
  static CodecContext open(AVCodec chosen, AudioOptions options, @Nullable Container container)
      throws EncoderException {
    AudioRules rules = new AudioRules(chosen);
    int sampleRate = rules.sampleRate(options);
    int channels = rules.channels(options);
    int sampleFormat = rules.sampleFormat(options);
    CodecContext codec = CodecContext.allocate(chosen);
    try (ChannelLayout layout = rules.layout(options)) {
      AVCodecContext context = codec.struct();
      context.sample_rate(sampleRate);
      context.sample_fmt(sampleFormat);
      context.time_base().num(1).den(sampleRate);
      Av.check(
          av_channel_layout_copy(context.ch_layout(), layout.struct()), "copy a channel layout");
      OptionSetter setter =
          new OptionSetter(context, "encoder " + codec.name(), OwnedOptions.AUDIO);
      options
          .bitRate()
          .ifPresent(rate -> bitRate(context, rules.bitRate(rate, channels, sampleRate), options));
      setter.setAll(options.options());
      if (container != null && container.globalHeader()) {
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
      } else {
        context.flags(context.flags() & ~AV_CODEC_FLAG_GLOBAL_HEADER);
      }
      codec.open();
      compare(context, codec.name(), sampleRate, channels, sampleFormat);
      return codec;
    } catch (EncoderException | RuntimeException e) {
      codec.close();
      throw e;
    }
  }

  private static void bitRate(AVCodecContext context, long rate, AudioOptions options) {
    for (String raw : List.of("b", "ab")) {
      if (options.options().containsKey(raw)) {
        throw new IllegalArgumentException(
            "option '" + raw + "' and AudioOptions.bitRate say the same thing: set one of them");
      }
    }
    context.bit_rate(rate);
  }

  private static void compare(
      AVCodecContext context, String encoder, int sampleRate, int channels, int sampleFormat)
      throws EncoderException {
    boolean same =
        context.sample_rate() == sampleRate
            && context.ch_layout().nb_channels() == channels
            && context.sample_fmt() == sampleFormat;
    if (!same) {
      throw Av.failure(Av.EINVAL, "open the encoder " + encoder + ": it changed its settings");
    }
  }
}
