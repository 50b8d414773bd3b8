package io.reelmux.examples;

import io.reelmux.AudioSamples;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.MediaReader;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

/**
 * Draws the waveform of a part of a file, one band per channel.
 *
 * <pre>./mvnw -q package -Dexample=AudioWindow -Dargs="in.mp4 wave.png 0.5 1.5"</pre>
 */
public final class AudioWindow {
  private static final int WIDTH = 1000;
  private static final int BAND = 100;

  /**
   * Runs the program.
   *
   * @param args the file, the image to write, and the part: from and to, in seconds
   * @throws IOException if the file cannot be read, or the image cannot be written
   */
  public static void main(String[] args) throws IOException {
    try (MediaReader in = MediaReader.open(Path.of(args[0]))) {
      AudioReader audio = in.audio();
      AudioSamples samples = audio.samples(seconds(args[2]), seconds(args[3]));
      ImageIO.write(draw(samples.toFloats()), "png", Path.of(args[1]).toFile());
      System.out.printf(
          "%d samples of %d channels at %d Hz%n",
          samples.count(), samples.channels(), audio.sampleRate());
    }
  }

  /** One column is the range of the samples that fall on it. */
  private static BufferedImage draw(float[][] channels) {
    BufferedImage image =
        new BufferedImage(WIDTH, BAND * channels.length, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.createGraphics();
    g.setColor(Color.GREEN);
    for (int channel = 0; channel < channels.length; channel++) {
      float[] samples = channels[channel];
      for (int x = 0; x < WIDTH && samples.length > 0; x++) {
        int first = (int) ((long) x * samples.length / WIDTH);
        int end = Math.max(first + 1, (int) ((x + 1L) * samples.length / WIDTH));
        float low = samples[first];
        float high = low;
        for (int i = first + 1; i < end; i++) {
          low = Math.min(low, samples[i]);
          high = Math.max(high, samples[i]);
        }
        int middle = channel * BAND + BAND / 2;
        g.drawLine(x, middle - Math.round(high * 49), x, middle - Math.round(low * 49));
      }
    }
    g.dispose();
    return image;
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text)));
  }
}
