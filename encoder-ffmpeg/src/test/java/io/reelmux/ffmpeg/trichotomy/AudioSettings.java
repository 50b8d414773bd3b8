package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.ChannelLayout;
import io.reelmux.EncoderInfo;
import java.util.List;

/** The settings of audio that ffprobe can see. */
final class AudioSettings {
  private AudioSettings() {}

  static List<Setting> all() {
    return List.of(
        Setting.of(
            "AudioOptions.sampleRate",
            0,
            request -> {},
            (probe, info) -> probe.stream("sample_rate").equals("" + Request.sampleRate(info)),
            " Hz"),
        Setting.of(
            "AudioOptions.channels",
            0,
            request -> {},
            (probe, info) -> probe.stream("channels").equals("" + Request.channels(info)),
            "channels"),
        Setting.of(
            "AudioOptions.outputSampleRate",
            2,
            request -> request.audio.outputSampleRate(24_000),
            (probe, info) -> probe.stream("sample_rate").equals("24000"),
            " Hz"),
        Setting.of(
            "AudioOptions.outputChannels",
            2,
            request -> request.audio.outputChannels(1),
            (probe, info) -> probe.stream("channels").equals("1"),
            "channel"),
        Setting.of(
                "AudioOptions.sampleFormat",
                2,
                request -> request.audio.sampleFormat(sampleFormat(request.info)),
                (probe, info) ->
                    base(probe.stream("sample_fmt")).equals(base(sampleFormat(info)))
                        || probe.stream("bits_per_raw_sample").equals("24")
                            && base(sampleFormat(info)).equals("s32"),
                "bits")
            .by(Setting.Reach.ENCODER)
            .concerning(AudioSettings::isLossless),
        Setting.of(
            "AudioOptions.outputChannelLayout",
            3,
            request -> request.audio.outputChannelLayout(ChannelLayout.SURROUND_5_1),
            (probe, info) ->
                probe.stream("channel_layout").equals("5.1")
                    || (probe.stream("channels").equals("6") && countImplies(probe)),
            "5\\.1|channel"));
  }

  /**
   * FLAC and AC-3 have one layout of six channels, and streams of PCM without any are taken for it.
   */
  private static boolean countImplies(Probe probe) {
    String layout = probe.stream("channel_layout");
    return layout.isEmpty()
        || layout.equals("unknown")
        || (layout.equals("5.1(side)") && probe.stream("codec_name").matches("flac|e?ac3"));
  }

  /** A lossy codec keeps nothing of the format in which its encoder receives samples. */
  private static boolean isLossless(EncoderInfo info) {
    return !info.formats().isEmpty()
        && (info.codec().matches("pcm_[suf]\\d.*|flac|alac|tta|wavpack"));
  }

  private static String sampleFormat(EncoderInfo info) {
    return info.formats().get(info.formats().size() - 1);
  }

  /** Planar or not, samples are the same. */
  private static String base(String format) {
    return format.replaceAll("p$", "");
  }
}
