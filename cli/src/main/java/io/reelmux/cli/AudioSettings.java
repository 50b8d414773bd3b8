package io.reelmux.cli;

import io.reelmux.AudioOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that encode audio. */
final class AudioSettings {

  @Option(
      names = "--audio-codec",
      paramLabel = "NAME",
      description = "a codec (aac, opus, flac) or an encoder; by the container")
  private @Nullable String codec;

  @Option(
      names = "--audio-bitrate",
      paramLabel = "BITS",
      converter = Values.BitRate.class,
      description = "bits per second: 128k")
  private @Nullable Long bitRate;

  @Option(
      names = "--audio-rate",
      paramLabel = "HERTZ",
      description = "samples per second; those of the input by default")
  private @Nullable Integer sampleRate;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "channels: 1 for mono, 2 for stereo; those of the input by default")
  private @Nullable Integer channels;

  /** Returns whether anything was asked for. */
  boolean isSet() {
    return codec != null || bitRate != null || sampleRate != null || channels != null;
  }

  /** Sets what was asked for, and nothing else. */
  void apply(AudioOptions.Builder builder) {
    VideoSettings.set(codec, builder::codec);
    VideoSettings.set(bitRate, builder::bitRate);
    VideoSettings.set(sampleRate, builder::outputSampleRate);
    VideoSettings.set(channels, builder::outputChannels);
  }
}
