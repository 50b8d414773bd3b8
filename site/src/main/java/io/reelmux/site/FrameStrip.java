package io.reelmux.site;

import io.reelmux.AudioSamples;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.examples.VideoWithAudio;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The image of the README: frames of the first example's file, above the waveform of its audio. */
final class FrameStrip {
  static final int FRAMES = 5;
  static final int TILE_WIDTH = 192;
  static final int TILE_HEIGHT = 108;
  static final int GAP = 6;
  static final int WIDTH = FRAMES * (TILE_WIDTH + GAP) - GAP;
  static final int WAVE_HEIGHT = 48;
  private static final int SECONDS = 4;

  private FrameStrip() {}

  /** Runs the example and draws what it has written. */
  static BufferedImage draw() throws IOException {
    Path directory = Files.createTempDirectory("strip");
    Path file = directory.resolve("out.mp4");
    try {
      VideoWithAudio.main(new String[] {file.toString(), String.valueOf(SECONDS)});
      return draw(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static BufferedImage draw(Path file) throws IOException {
    BufferedImage strip =
        new BufferedImage(WIDTH, TILE_HEIGHT + GAP + WAVE_HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = strip.createGraphics();
    try (MediaReader in = MediaReader.open(file)) {
      VideoOutput small =
          VideoOutput.of(PixelLayout.RGB24).size(TILE_WIDTH, TILE_HEIGHT, Fit.STRETCH);
      VideoReader video = in.video(small);
      for (int n = 0; n < FRAMES; n++) {
        // between two bounces, where the ball is in the air
        long frame = 5 + n * (video.frameCount() - 10) / FRAMES;
        g.drawImage(video.frame(frame).toImage(), n * (TILE_WIDTH + GAP), 0, null);
      }
      AudioSamples audio = in.audio(AudioOutput.of(SampleLayout.FLOAT_PLANAR)).all();
      drawWaves(g, audio.toFloats());
    }
    g.dispose();
    return strip;
  }

  private static void drawWaves(Graphics2D g, float[][] channels) {
    g.setColor(new Color(0x4c72d9));
    int height = WAVE_HEIGHT / channels.length;
    for (int channel = 0; channel < channels.length; channel++) {
      float[] samples = channels[channel];
      int middle = TILE_HEIGHT + GAP + height * channel + height / 2;
      for (int x = 0; x < WIDTH; x++) {
        float peak = 0;
        int to = (int) ((x + 1L) * samples.length / WIDTH);
        for (int i = (int) ((long) x * samples.length / WIDTH); i < to; i++) {
          peak = Math.max(peak, Math.abs(samples[i]));
        }
        int length = Math.round(peak * 3 * (height / 2 - 1));
        g.drawLine(x, middle - length, x, middle + length);
      }
    }
  }
}
