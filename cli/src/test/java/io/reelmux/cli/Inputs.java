package io.reelmux.cli;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

/** Small inputs for commands. */
final class Inputs {
  static final int WIDTH = 64;
  static final int HEIGHT = 48;
  private static final int AUDIO_RATE = 48_000;

  private Inputs() {}

  /** An image in which the left part is white, one column more in each. */
  static BufferedImage image(int n, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, n + 1, height);
    graphics.dispose();
    return image;
  }

  /** Writes {@code frame0.png}, {@code frame1.png} and so on. */
  static Path images(Path directory, int count) throws IOException {
    Files.createDirectories(directory);
    for (int n = 0; n < count; n++) {
      Path file = directory.resolve("frame" + n + ".png");
      ImageIO.write(image(n, WIDTH, HEIGHT), "png", file.toFile());
    }
    return directory;
  }

  /** Returns raw frames of RGB24. */
  static byte[] rgb(int count) {
    byte[] frames = new byte[count * WIDTH * HEIGHT * 3];
    for (int n = 0; n < frames.length; n++) {
      frames[n] = (byte) (n * 7);
    }
    return frames;
  }

  /** Writes a tone. */
  static Path tone(Path file, double seconds) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(AUDIO_RATE, 2));
      encoder.openFile(file);
      audio.addSamples(sine((int) (seconds * AUDIO_RATE), 0));
    }
    return file;
  }

  private static float[][] sine(int count, long from) {
    float[][] samples = new float[2][count];
    for (int n = 0; n < count; n++) {
      float value = (float) (0.3 * Math.sin((from + n) * 0.05));
      samples[0][n] = value;
      samples[1][n] = -value;
    }
    return samples;
  }

  /** Writes a video of 25 frames a second with a tone, tags and chapters. */
  static Path video(Path file, int frames) throws IOException {
    Encoder.Builder settings =
        Encoder.builder()
            .metadata("title", "A small video")
            .chapter(Duration.ZERO, "First")
            .chapter(Duration.ofMillis(400), "Second");
    try (Encoder encoder = settings.build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).language("eng").build());
      AudioStream audio =
          encoder.addAudio(AudioOptions.builder(AUDIO_RATE, 2).language("deu").build());
      encoder.openFile(file);
      for (int n = 0; n < frames; n++) {
        video.addFrame(VideoFrame.of(image(n, WIDTH, HEIGHT)));
        audio.addSamples(sine(AUDIO_RATE / 25, (long) n * AUDIO_RATE / 25));
      }
    }
    return file;
  }
}
