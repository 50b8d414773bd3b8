package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_exact_bits_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBLP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8P;

import io.reelmux.AudioOptions;
import io.reelmux.ChannelLayout;
import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.StreamFacts;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;

/** Describes audio streams to the caller. */
public final class AudioInfos {

  private AudioInfos() {}

  static AudioInfo of(StreamFacts facts, AVCodecParameters parameters) throws EncoderException {
    int bits =
        parameters.bits_per_raw_sample() > 0
            ? parameters.bits_per_raw_sample()
            : av_get_exact_bits_per_sample(parameters.codec_id());
    return new AudioInfo(
        facts,
        parameters.sample_rate(),
        parameters.ch_layout().nb_channels(),
        channels(parameters.ch_layout()),
        layout(parameters.format()),
        Math.max(0, bits),
        Math.max(0, parameters.initial_padding()));
  }

  /** The channels as the caller names them; discrete ones if a place has no name there. */
  public static ChannelLayout channels(AVChannelLayout layout) throws EncoderException {
    // beyond that, the stream is listed and cannot be decoded
    int count = Math.max(1, Math.min(AudioOptions.MAX_CHANNELS, layout.nb_channels()));
    try {
      ChannelLayout named = ChannelLayout.named(NativeChannelLayout.describe(layout));
      return named.count() == count ? named : ChannelLayout.discrete(count);
    } catch (IllegalArgumentException e) {
      return ChannelLayout.discrete(count);
    }
  }

  /** The layout of a decoder's samples. */
  public static SampleLayout layout(int sampleFormat) {
    return switch (sampleFormat) {
      case AV_SAMPLE_FMT_U8 -> SampleLayout.U8_INTERLEAVED;
      case AV_SAMPLE_FMT_U8P -> SampleLayout.U8_PLANAR;
      case AV_SAMPLE_FMT_S16 -> SampleLayout.S16_INTERLEAVED;
      case AV_SAMPLE_FMT_S16P -> SampleLayout.S16_PLANAR;
      case AV_SAMPLE_FMT_S32 -> SampleLayout.S32_INTERLEAVED;
      case AV_SAMPLE_FMT_S32P -> SampleLayout.S32_PLANAR;
      case AV_SAMPLE_FMT_FLT -> SampleLayout.FLOAT_INTERLEAVED;
      case AV_SAMPLE_FMT_DBL -> SampleLayout.DOUBLE_INTERLEAVED;
      case AV_SAMPLE_FMT_DBLP -> SampleLayout.DOUBLE_PLANAR;
      default -> SampleLayout.FLOAT_PLANAR;
    };
  }
}
