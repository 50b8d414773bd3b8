package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;

/** Small clips and their ingredients. */
final class Clips {
  static final int WIDTH = 64;
  static final int HEIGHT = 48;
  static final int RATE = 44_100;

  /** Samples for each frame, at 25 frames per second. */
  static final int SAMPLES = RATE / 25;

  private Clips() {}

  static VideoOptions.Builder video() {
    return VideoOptions.builder(WIDTH, HEIGHT, 25).threads(1);
  }

  static AudioOptions audio() {
    return AudioOptions.of(RATE, 1);
  }

  static VideoFrame frame(int width, int height, int index) {
    byte[] pixels = new byte[(int) PixelLayout.I420.frameBytes(width, height)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + index * 11);
    }
    return VideoFrame.of(PixelLayout.I420, width, height, pixels);
  }

  /** Feeds frames and audio. */
  static void feed(VideoStream video, AudioStream audio, int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      video.addFrame(frame(WIDTH, HEIGHT, i));
      audio.addSamples(new float[1][SAMPLES]);
    }
  }

  /** How a clip ends. */
  enum Ending {
    CLOSED,
    CANCELED,
    ABANDONED
  }

  /** Opens a clip with {@code opening}, feeds it, and ends it. */
  static void clip(Opening opening, int frames, Ending ending) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(video().build());
    AudioStream audio = encoder.addAudio(audio());
    opening.open(encoder);
    feed(video, audio, frames);
    switch (ending) {
      case CLOSED -> encoder.close();
      case CANCELED -> {
        encoder.cancel();
        encoder.close();
      }
      case ABANDONED -> {}
    }
  }

  /** Opens an encoder on some destination. */
  @FunctionalInterface
  interface Opening {
    void open(Encoder encoder) throws IOException;
  }
}
