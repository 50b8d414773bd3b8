package io.reelmux.examples;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.StreamResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Encodes ten seconds of video and stereo audio: a bouncing ball, and a tone that moves with it.
 *
 * <pre>./mvnw -q package -Dexample=VideoWithAudio -Dargs=out.mp4</pre>
 */
public final class VideoWithAudio {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int FRAME_RATE = 30;
  private static final int SAMPLE_RATE = 48_000;
  private static final int SAMPLES_PER_FRAME = SAMPLE_RATE / FRAME_RATE;

  /**
   * Runs the program.
   *
   * @param args the file to write, whose extension selects the container, and the seconds (10)
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "out.mp4");
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(WIDTH, HEIGHT, FRAME_RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(SAMPLE_RATE, /* channels= */ 2));
      encoder.openFile(file);
      // Add both streams at the same pace: the packets of one wait in memory for the other.
      for (int n = 0; n < seconds * FRAME_RATE; n++) {
        draw(image, (double) n / FRAME_RATE);
        video.addFrame(VideoFrame.of(image)); // the image may be reused right away
        audio.addSamples(tone(n * SAMPLES_PER_FRAME));
      }
      print(file, encoder.finish());
    }
  }

  /** Position of the ball, from -1 at the left to 1 at the right. */
  static double position(double seconds) {
    return Math.sin(2 * Math.PI * seconds / 4);
  }

  private static void draw(BufferedImage image, double seconds) {
    Graphics2D g = image.createGraphics();
    g.setPaint(new GradientPaint(0, 0, new Color(40, 80, 170), 0, HEIGHT, Color.BLACK));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setPaint(Color.ORANGE);
    int x = (int) (WIDTH * (0.5 + 0.4 * position(seconds)));
    int y = (int) (HEIGHT * (0.85 - 0.6 * Math.abs(Math.sin(2 * Math.PI * seconds))));
    g.fillOval(x - 50, y - 50, 100, 100);
    g.dispose();
  }

  /** The samples of one frame as [left, right][n], each from -1 to 1. */
  private static float[][] tone(int first) {
    float[][] samples = new float[2][SAMPLES_PER_FRAME];
    for (int i = 0; i < SAMPLES_PER_FRAME; i++) {
      double seconds = (double) (first + i) / SAMPLE_RATE;
      double value = 0.3 * Math.sin(2 * Math.PI * 440 * seconds);
      samples[0][i] = (float) (value * (1 - position(seconds)) / 2);
      samples[1][i] = (float) (value * (1 + position(seconds)) / 2);
    }
    return samples;
  }

  private static void print(Path file, EncodingResult result) {
    System.out.printf("%s: %s, %d bytes%n", file, result.container(), result.bytes());
    for (StreamResult s : result.streams()) {
      System.out.printf(
          "%s: %s, %d packets, %d bytes%n", s.kind(), s.codec(), s.packets(), s.bytes());
    }
  }
}
