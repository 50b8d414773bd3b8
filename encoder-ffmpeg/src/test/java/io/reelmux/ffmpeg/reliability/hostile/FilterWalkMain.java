package io.reelmux.ffmpeg.reliability.hostile;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Runs the filters that are named by the arguments, and says which of them encoded anything. */
public final class FilterWalkMain {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  private FilterWalkMain() {}

  /** Runs each filter on video and on audio; the one that fits encodes. */
  public static void main(String[] filters) throws IOException {
    for (String filter : filters) {
      System.out.println("begin " + filter);
      boolean video = tried(() -> encodeVideo(filter));
      boolean audio = tried(() -> encodeAudio(filter));
      System.out.println((video || audio ? "encoded " : "refused ") + filter);
    }
  }

  private interface Trial {
    void run() throws IOException;
  }

  private static boolean tried(Trial trial) throws IOException {
    try {
      trial.run();
      return true;
    } catch (IllegalArgumentException | EncoderException e) {
      return false;
    }
  }

  private static void encodeVideo(String filter) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, 25).codec("ffv1").filter(filter).build());
      encoder.openFileLike(new ByteArrayOutput(), "nut");
      byte[] noise = new byte[WIDTH * HEIGHT * 3];
      Random random = new Random(1);
      for (int i = 0; i < 8; i++) {
        random.nextBytes(noise);
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, noise));
      }
      encoder.finish();
    }
  }

  private static void encodeAudio(String filter) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio =
          encoder.addAudio(
              AudioOptions.builder(48_000, 2).codec("pcm_s16le").filter(filter).build());
      encoder.openFileLike(new ByteArrayOutput(), "nut");
      Random random = new Random(2);
      for (int chunk : List.of(1, 4_800, 7, 20_000)) {
        float[][] samples = new float[2][chunk];
        for (float[] channel : samples) {
          for (int i = 0; i < chunk; i++) {
            channel[i] = random.nextFloat() * 2 - 1;
          }
        }
        audio.addSamples(samples);
      }
      encoder.finish();
    }
  }
}
