package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;

/** Small clips and their parts. */
final class Clips {
  static final int WIDTH = 64;
  static final int HEIGHT = 48;
  static final int RATE = 44_100;

  /** Samples for each picture, at 25 pictures a second. */
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

  /** Feeds pictures and sound. */
  static void feed(VideoStream video, AudioStream audio, int pictures) throws IOException {
    for (int i = 0; i < pictures; i++) {
      video.addFrame(frame(WIDTH, HEIGHT, i));
      audio.addSamples(new float[1][SAMPLES]);
    }
  }

  /** How one clip is ended. */
  enum Ending {
    CLOSED,
    CANCELLED,
    FORGOTTEN
  }

  /** Opens a clip by {@code opening}, feeds it, and ends it. */
  static void clip(Opening opening, int pictures, Ending ending) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(video().build());
    AudioStream audio = encoder.addAudio(audio());
    opening.open(encoder);
    feed(video, audio, pictures);
    switch (ending) {
      case CLOSED -> encoder.close();
      case CANCELLED -> {
        encoder.cancel();
        encoder.close();
      }
      case FORGOTTEN -> {}
    }
  }

  /** Opens an encoder on some destination. */
  @FunctionalInterface
  interface Opening {
    void open(Encoder encoder) throws IOException;
  }
}
