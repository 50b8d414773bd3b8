package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_exact_bits_per_sample;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
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
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** Describes audio streams to the caller. */
public final class AudioInfos {

  /** A second of the highest rate; what is longer is not priming. */
  private static final int MAX_PRIMING = 192_000;

  private AudioInfos() {}

  static AudioInfo of(StreamFacts facts, AVStream stream) throws EncoderException {
    AVCodecParameters parameters = stream.codecpar();
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
        priming(stream));
  }

  /**
   * The samples before the first that is heard. MP4 states them by an edit list, which moves the
   * first packet before 0.
   */
  static int priming(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    if (parameters.initial_padding() > 0) {
      return parameters.initial_padding();
    }
    @Nullable AVIndexEntry first = avformat_index_get_entry(stream, 0);
    if (first == null || first.isNull() || first.timestamp() >= 0) {
      return 0;
    }
    AVRational unit = stream.time_base();
    double samples =
        -(double) first.timestamp() * unit.num() / unit.den() * parameters.sample_rate();
    return samples > 0 && samples < MAX_PRIMING ? (int) Math.round(samples) : 0;
  }

  /**
   * The channels as the caller names them; discrete ones if a place has no name there. One or two
   * channels of which the file says nothing, as most wave files, are mono or stereo by convention.
   * Streams with more channels than a layout can have cannot be decoded.
   */
  public static ChannelLayout channels(AVChannelLayout layout) throws EncoderException {
    int count = Math.min(AudioOptions.MAX_CHANNELS, Math.max(1, layout.nb_channels()));
    if (layout.order() == AV_CHANNEL_ORDER_UNSPEC && count <= 2) {
      return count == 1 ? ChannelLayout.MONO : ChannelLayout.STEREO;
    }
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
