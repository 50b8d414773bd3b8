package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncoderInfo;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.StreamOptions;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One file with one stream of an encoder, to which settings are applied before it is encoded. */
final class Request {
  static final int FRAMES = 8;
  private static final int RATE = 24;
  private static final int SAMPLES = 24_000;

  /** Encoders of a few sizes. */
  private static final Map<String, List<Integer>> SIZES =
      Map.of(
          "h261", List.of(176, 144),
          "h263", List.of(176, 144),
          "dvvideo", List.of(720, 576),
          "dnxhd", List.of(256, 120),
          "xface", List.of(48, 48));

  private static final List<Integer> USUAL_SIZE = List.of(64, 48);

  /** The rates of encoders that have few, and do not report them. */
  private static final Map<String, Integer> RATES = Map.of("dvvideo", 25);

  final EncoderInfo info;
  final Encoder.Builder file = Encoder.builder();
  final VideoOptions.Builder video;
  final AudioOptions.Builder audio;

  Request(EncoderInfo info) {
    this.info = info;
    this.video = VideoOptions.builder(width(info), height(info), rate(info));
    this.audio = AudioOptions.builder(sampleRate(info), channels(info));
    stream().codec(info.name());
    if (info.name().equals("dnxhd")) {
      // of any size
      video.profile("dnxhr_sq");
    }
  }

  static int width(EncoderInfo info) {
    return SIZES.getOrDefault(info.name(), USUAL_SIZE).get(0);
  }

  static int height(EncoderInfo info) {
    return SIZES.getOrDefault(info.name(), USUAL_SIZE).get(1);
  }

  static int rate(EncoderInfo info) {
    return RATES.getOrDefault(info.name(), RATE);
  }

  static int sampleRate(EncoderInfo info) {
    return 48_000;
  }

  /** Two, where the encoder has two. */
  static int channels(EncoderInfo info) {
    List<Integer> counts = info.channelCounts();
    return counts.isEmpty() || counts.contains(2) ? 2 : counts.get(0);
  }

  StreamOptions.Builder<?> stream() {
    return info.kind() == StreamKind.VIDEO ? video : audio;
  }

  /**
   * Writes the file.
   *
   * @throws IllegalArgumentException if a setting is refused
   */
  EncodingResult encode(Path path, String container) throws IOException {
    try (Encoder encoder = file.build()) {
      if (info.kind() == StreamKind.VIDEO) {
        VideoOptions options = video.build();
        VideoStream stream = encoder.addVideo(options);
        encoder.openFile(path, container);
        for (int i = 0; i < FRAMES; i++) {
          VideoFrame frame = frame(i, options.width(), options.height());
          stream.addFrame(options.variableFrameRate() ? frame.withPts(ownTime(i)) : frame);
        }
      } else {
        AudioOptions options = audio.build();
        AudioStream stream = encoder.addAudio(options);
        encoder.openFile(path, container);
        stream.addSamples(tone(options.channels()));
      }
      return encoder.finish();
    }
  }

  private static float[][] tone(int channels) {
    float[][] samples = new float[channels][SAMPLES];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < SAMPLES; i++) {
        samples[channel][i] = (float) Math.sin(i * (0.06 + 0.03 * channel)) / 2;
      }
    }
    return samples;
  }

  /** After the second frame, three are left out. */
  private Duration ownTime(int index) {
    int tick = index < 2 ? index : index + 3;
    return Duration.ofNanos(Math.round(tick * 1e9 / rate(info)));
  }

  private static VideoFrame frame(int index, int width, int height) {
    byte[] rgba = new byte[width * height * 4];
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = (byte) (i % 4 == 3 ? 255 : i / 4 % width * 4 + index * 8);
    }
    return VideoFrame.of(PixelLayout.RGBA, width, height, rgba);
  }
}
