package io.reelmux.cli;

import io.reelmux.Device;
import io.reelmux.Quality;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that encode video. */
final class VideoSettings {

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "a codec (h264, hevc, av1, vp9) or an encoder (libsvtav1); by the container")
  private @Nullable String codec;

  @Option(
      names = "--crf",
      paramLabel = "N",
      description = "constant quality by the encoder's own scale; lower is better")
  private @Nullable Double crf;

  @Option(
      names = "--quality",
      paramLabel = "LEVEL",
      description = "constant quality, the same for all encoders: ${COMPLETION-CANDIDATES}")
  private @Nullable Quality quality;

  @Option(
      names = "--bitrate",
      paramLabel = "BITS",
      converter = Values.BitRate.class,
      description = "bits per second: 2500k, 2.5M")
  private @Nullable Long bitRate;

  @Option(
      names = "--max-bitrate",
      paramLabel = "BITS",
      converter = Values.BitRate.class,
      description = "limit of the bit rate")
  private @Nullable Long maxBitRate;

  @Option(
      names = "--speed",
      paramLabel = "LEVEL",
      description = "speed against size, the same for all encoders: ${COMPLETION-CANDIDATES}")
  private @Nullable Speed speed;

  @Option(names = "--preset", paramLabel = "NAME", description = "a preset of the encoder")
  private @Nullable String preset;

  @Option(names = "--profile", paramLabel = "NAME", description = "a profile of the codec")
  private @Nullable String profile;

  @Option(
      names = "--pixel-format",
      paramLabel = "NAME",
      description = "FFmpeg's name of a format that the encoder supports, such as yuv444p")
  private @Nullable String pixelFormat;

  @Option(
      names = "--gop",
      paramLabel = "FRAMES",
      description = "the most frames from one key frame to the next")
  private @Nullable Integer gop;

  @Option(names = "--threads", paramLabel = "N", description = "threads of the encoder")
  private @Nullable Integer threads;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "an option of the encoder by FFmpeg's name; may be repeated")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = Values.DeviceName.class,
      description = "cpu (default), or an NVIDIA GPU: cuda, cuda:1")
  private Device device = Device.cpu();

  @Option(
      names = "--fallback-to-cpu",
      description = "let the CPU do what the device cannot, and say so")
  private boolean fallbackToCpu;

  /** Sets what was asked for, and nothing else. */
  void apply(VideoOptions.Builder builder) {
    set(codec, builder::codec);
    set(crf, builder::crf);
    set(quality, builder::quality);
    set(bitRate, builder::bitRate);
    set(maxBitRate, builder::maxBitRate);
    set(speed, builder::speed);
    set(preset, builder::preset);
    set(profile, builder::profile);
    set(pixelFormat, builder::pixelFormat);
    set(gop, builder::gop);
    set(threads, builder::threads);
    options.forEach(builder::option);
    builder.device(device).fallbackToCpu(fallbackToCpu);
  }

  static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  Device device() {
    return device;
  }

  boolean fallbackToCpu() {
    return fallbackToCpu;
  }
}
