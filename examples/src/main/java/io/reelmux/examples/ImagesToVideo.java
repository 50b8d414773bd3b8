package io.reelmux.examples;

import io.reelmux.AlphaMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Fit;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
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
    VideoOptions options =
        VideoOptions.builder(width, height, frameRate)
            .fit(Fit.CONTAIN)
            .alpha(AlphaMode.FLATTEN)
            .build();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(Path.of(args[1]));
      for (Path image : images) {
        video.addFrame(VideoFrame.of(read(image)));
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
}
