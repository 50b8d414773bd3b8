package io.reelmux.examples;

import static java.awt.RenderingHints.KEY_INTERPOLATION;
import static java.awt.RenderingHints.VALUE_INTERPOLATION_BILINEAR;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Turns a folder of images into a video, one frame per image, ordered by file name. The first image
 * sets the size; images of other sizes are scaled to fit, with black borders.
 *
 * <pre>./mvnw -q package -Dexample=ImagesToVideo -Dargs="examples/images out.mp4 1"</pre>
 */
public final class ImagesToVideo {

  /**
   * Runs the program.
   *
   * @param args the folder, the file to write, and the frames per second (25)
   * @throws IOException if an image cannot be read, or the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    List<Path> images = list(Path.of(args[0]));
    double frameRate = args.length > 2 ? Double.parseDouble(args[2]) : 25;
    BufferedImage first = read(images.get(0));
    // H.264 with 4:2:0 chroma, which every player supports, needs an even width and height.
    int width = Math.max(2, first.getWidth() & ~1);
    int height = Math.max(2, first.getHeight() & ~1);
    BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(width, height, frameRate));
      encoder.openFile(Path.of(args[1]));
      for (Path image : images) {
        drawToFit(read(image), frame);
        video.addFrame(VideoFrame.of(frame));
      }
      EncodingResult result = encoder.finish();
      System.out.printf("%d images, %d bytes%n", images.size(), result.bytes());
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> images =
          files.filter(f -> f.toString().matches("(?i).*\\.(png|jpe?g|bmp|gif)")).sorted().toList();
      if (images.isEmpty()) {
        throw new IOException("no images in " + folder);
      }
      return images;
    }
  }

  private static BufferedImage read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image == null) {
      throw new IOException("not an image: " + file);
    }
    return image;
  }

  private static void drawToFit(BufferedImage image, BufferedImage frame) {
    double scaleX = (double) frame.getWidth() / image.getWidth();
    double scaleY = (double) frame.getHeight() / image.getHeight();
    double scale = Math.min(scaleX, scaleY);
    int width = (int) Math.round(image.getWidth() * scale);
    int height = (int) Math.round(image.getHeight() * scale);
    Graphics2D g = frame.createGraphics();
    g.setRenderingHint(KEY_INTERPOLATION, VALUE_INTERPOLATION_BILINEAR);
    g.clearRect(0, 0, frame.getWidth(), frame.getHeight());
    int x = (frame.getWidth() - width) / 2;
    int y = (frame.getHeight() - height) / 2;
    g.drawImage(image, x, y, width, height, null);
    g.dispose();
  }
}
