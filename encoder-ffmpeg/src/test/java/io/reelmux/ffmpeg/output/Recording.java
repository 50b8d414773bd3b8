package io.reelmux.ffmpeg.output;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.time.Duration;

/** A video stream of 25 frames per second, and a tone. */
final class Recording {
  static final int WIDTH = 96;
  static final int HEIGHT = 64;
  static final int RATE = 25;
  private static final int SAMPLES = 48_000 / RATE;

  final VideoStream video;
  final AudioStream audio;
  private int added;

  Recording(Encoder encoder, VideoOptions options) {
    video = encoder.addVideo(options);
    audio = encoder.addAudio(AudioOptions.builder(48_000, 1).codec("aac").build());
  }

  /** Key frames every 0.4 seconds. */
  static Recording of(Encoder encoder) {
    return new Recording(encoder, options().keyFramesEvery(Duration.ofMillis(400)).build());
  }

  static VideoOptions.Builder options() {
    return VideoOptions.builder(WIDTH, HEIGHT, RATE).codec("mpeg4").threads(1);
  }

  void add(int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      video.addFrame(frame(added));
      float[] tone = new float[SAMPLES];
      for (int k = 0; k < SAMPLES; k++) {
        tone[k] = (float) (0.3 * Math.sin((added * SAMPLES + k) / 20.0));
      }
      audio.addSamples(AudioSamples.ofInterleaved(1, tone));
      added++;
    }
  }

  static VideoFrame frame(int number) {
    byte[] i420 = new byte[WIDTH * HEIGHT * 3 / 2];
    for (int i = 0; i < i420.length; i++) {
      i420[i] = (byte) (i < WIDTH * HEIGHT ? 40 + (i % WIDTH + i / WIDTH + 5 * number) % 160 : 128);
    }
    return VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, i420);
  }
}
