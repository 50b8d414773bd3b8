package io.reelmux.examples;

import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Encodes frames as Android's camera delivers them: NV21 whose rows are padded, with the sensor's
 * timestamps, from a phone that is held upright.
 *
 * <pre>./mvnw -q package -Dexample=CameraNv21 -Dargs=out.mp4</pre>
 */
public final class CameraNv21 {
  private static final String HELP =
      """
      CameraNv21 OUT [FRAMES]
        OUT     the MP4 file to write
        FRAMES  of a camera with about 30 per second (60)""";

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  /** Of both planes; hardware rounds rows up. Android: {@code Image.Plane.getRowStride()}. */
  private static final int STRIDE = 704;

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
      write(Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 60);
      return 0;
    } catch (NumberFormatException e) {
      System.err.println("CameraNv21: FRAMES must be a whole number; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("CameraNv21: " + e.getMessage());
      return 1;
    }
  }

  private static void write(Path file, int frames) throws IOException {
    VideoOptions options =
        VideoOptions.builder(WIDTH, HEIGHT, 30)
            .variableFrameRate(true)
            .color(ColorSpec.BT601_FULL) // Android's; frames in Y'CbCr are not converted
            .rotation(90) // the sensor's frames lie on their side: players turn them clockwise
            .build();
    // the last row of a plane is not padded
    ByteBuffer luma = ByteBuffer.allocateDirect(STRIDE * (HEIGHT - 1) + WIDTH);
    ByteBuffer chroma = ByteBuffer.allocateDirect(STRIDE * (HEIGHT / 2 - 1) + WIDTH);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < frames; n++) {
        long nanos = capture(luma, chroma, n);
        VideoFrame frame =
            VideoFrame.of(PixelLayout.NV21, WIDTH, HEIGHT, List.of(luma, chroma), STRIDE, STRIDE);
        video.addFrame(frame.withPts(Duration.ofNanos(nanos)));
      }
      EncodingResult result = encoder.finish();
      System.out.println(frames + " frames, " + result.duration());
    }
  }

  /** Stands in for a camera: red above blue, and a bright line. Returns the time in nanoseconds. */
  private static long capture(ByteBuffer luma, ByteBuffer chroma, int n) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        luma.put(y * STRIDE + x, (byte) (x / 8 == n ? 255 : x < WIDTH / 2 ? 76 : 29));
      }
    }
    for (int y = 0; y < HEIGHT / 2; y++) {
      for (int x = 0; x < WIDTH; x += 2) {
        // NV21 has V before U
        boolean red = x < WIDTH / 2;
        chroma.put(y * STRIDE + x, (byte) (red ? 255 : 107));
        chroma.put(y * STRIDE + x + 1, (byte) (red ? 85 : 255));
      }
    }
    return n * 33_333_333L + n % 3 * 2_000_000L;
  }
}
