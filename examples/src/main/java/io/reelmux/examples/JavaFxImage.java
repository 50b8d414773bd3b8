package io.reelmux.examples;

import io.reelmux.AlphaMode;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.adapters.JavaFxImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/**
 * Encodes an image of JavaFX from the memory that it shows, in JavaFX's own format. Neither a
 * window nor the toolkit's thread is required for it; an image in a scene belongs to that thread.
 *
 * <pre>./mvnw -q package -Dexample=JavaFxImage -Dargs=out.mp4</pre>
 */
public final class JavaFxImage {
  private static final String HELP =
      """
      JavaFxImage OUT [FRAMES]
        OUT     the file to write, such as out.mp4
        FRAMES  at 25 per second (100)""";

  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Returns the exit code. */
  static int run(String... args) {
    boolean help = List.of(args).contains("--help");
    if (help || args.length == 0) {
      (help ? System.out : System.err).println(HELP);
      return help ? 0 : 2;
    }
    try {
      write(Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 100);
      return 0;
    } catch (NumberFormatException e) {
      System.err.println("JavaFxImage: FRAMES must be a whole number; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("JavaFxImage: " + e.getMessage());
      return 1;
    }
  }

  private static void write(Path file, int frames) throws IOException {
    PixelBuffer<ByteBuffer> pixels =
        new PixelBuffer<>(
            WIDTH,
            HEIGHT,
            ByteBuffer.allocateDirect(4 * WIDTH * HEIGHT),
            PixelFormat.getByteBgraPreInstance());
    WritableImage image = new WritableImage(pixels); // what a scene would show
    VideoOptions options =
        VideoOptions.builder(WIDTH, HEIGHT, 25)
            .alpha(AlphaMode.FLATTEN)
            .background(0xFFFFFF)
            .build();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < frames; n++) {
        draw(pixels, n);
        video.addFrame(JavaFxImages.toVideoFrame(pixels));
      }
      encoder.finish();
      int center = image.getPixelReader().getArgb(WIDTH / 2, HEIGHT / 2);
      System.out.printf("%d frames; the center of the last one is %08X%n", frames, center);
    }
  }

  /** A translucent disk that changes its color. */
  private static void draw(PixelBuffer<ByteBuffer> pixels, int n) {
    Color color = Color.hsb(6 * n, 1, 1);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      double distance = Math.hypot(i % WIDTH - WIDTH / 2, i / WIDTH - HEIGHT / 2);
      double alpha = Math.max(0, Math.min(1, 1.2 - distance / 80));
      pixels
          .getBuffer()
          .put(4 * i, (byte) Math.round(255 * color.getBlue() * alpha))
          .put(4 * i + 1, (byte) Math.round(255 * color.getGreen() * alpha))
          .put(4 * i + 2, (byte) Math.round(255 * color.getRed() * alpha))
          .put(4 * i + 3, (byte) Math.round(255 * alpha));
    }
  }
}
