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

/** One file with one stream of an encoder, to which settings are applied before it is encoded. */
final class Request {
  static final int WIDTH = 48;
  static final int HEIGHT = 32;
  static final int RATE = 24;
  static final int FRAMES = 8;
  static final int SAMPLE_RATE = 48_000;
  static final int CHANNELS = 2;
  private static final int SAMPLES = 24_000;

  final EncoderInfo info;
  final Encoder.Builder file = Encoder.builder();
  final VideoOptions.Builder video = VideoOptions.builder(WIDTH, HEIGHT, RATE);
  final AudioOptions.Builder audio = AudioOptions.builder(SAMPLE_RATE, CHANNELS);

  Request(EncoderInfo info) {
    this.info = info;
    stream().codec(info.name());
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
          VideoFrame frame = frame(i);
          stream.addFrame(options.variableFrameRate() ? frame.withPts(ownTime(i)) : frame);
        }
      } else {
        AudioStream stream = encoder.addAudio(audio.build());
        encoder.openFile(path, container);
        stream.addSamples(tone());
      }
      return encoder.finish();
    }
  }

  private static float[][] tone() {
    float[][] samples = new float[CHANNELS][SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[0][i] = (float) Math.sin(i * 0.06) / 2;
      samples[1][i] = (float) Math.sin(i * 0.09) / 2;
    }
    return samples;
  }

  /** After the second frame, three are left out. */
  private static Duration ownTime(int index) {
    int tick = index < 2 ? index : index + 3;
    return Duration.ofNanos(Math.round(tick * 1e9 / RATE));
  }

  private static VideoFrame frame(int index) {
    byte[] rgba = new byte[WIDTH * HEIGHT * 4];
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = (byte) (i % 4 == 3 ? 255 : i / 4 % WIDTH * 4 + index * 8);
    }
    return VideoFrame.of(PixelLayout.RGBA, WIDTH, HEIGHT, rgba);
  }
}
