package io.reelmux.examples;

import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.reader.FrameBatch;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;

/**
 * Draws a contact sheet: frames that are evenly spread over a video, each as a small image.
 *
 * <pre>./mvnw -q package -Dexample=Thumbnails -Dargs="in.mp4 sheet.png 12"</pre>
 */
public final class Thumbnails {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 90;

  /**
   * Runs the program.
   *
   * @param args the video, the image to write, and how many frames (12)
   * @throws IOException if the video cannot be read, or the image cannot be written
   */
  public static void main(String[] args) throws IOException {
    int wanted = args.length > 2 ? Integer.parseInt(args[2]) : 12;
    // scaled while it is converted, which costs less than converting all of the frame
    VideoOutput small = VideoOutput.of(PixelLayout.RGB24).size(WIDTH, HEIGHT, Fit.CONTAIN);
    try (MediaReader in = MediaReader.open(Path.of(args[0]))) {
      VideoReader video = in.video(small);
      long frames = video.frameCount();
      long count = Math.min(wanted, frames);
      // the middle of each part: the first frame of a video is often black
      long[] numbers =
          LongStream.range(0, count).map(i -> (2 * i + 1) * frames / (2 * count)).toArray();
      ImageIO.write(sheet(video.framesAt(numbers)), "png", Path.of(args[1]).toFile());
      System.out.printf("%d of %d frames%n", count, frames);
    }
  }

  private static BufferedImage sheet(FrameBatch frames) {
    int columns = Math.max(1, (int) Math.ceil(Math.sqrt(frames.count())));
    int rows = Math.max(1, (frames.count() + columns - 1) / columns);
    BufferedImage sheet =
        new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics g = sheet.createGraphics();
    for (int i = 0; i < frames.count(); i++) {
      int x = i % columns * WIDTH;
      int y = i / columns * HEIGHT;
      g.drawImage(frames.get(i).toImage(), x, y, null);
    }
    g.dispose();
    return sheet;
  }
}
