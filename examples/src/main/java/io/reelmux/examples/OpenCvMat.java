package io.reelmux.examples;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.adapters.OpenCvMats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Draws with OpenCV, and encodes a region of the matrix without copying it.
 *
 * <pre>./mvnw -q package -Dexample=OpenCvMat -Dargs=out.mp4</pre>
 */
public final class OpenCvMat {
  private static final String HELP =
      """
      OpenCvMat OUT [FRAMES]
        OUT     the file to write, such as out.mp4
        FRAMES  at 25 per second (100)""";

  private static final Scalar WHITE = new Scalar(255, 255, 255, 0);
  private static final Scalar ORANGE = new Scalar(0, 128, 255, 0); // blue, green, red

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
      System.err.println("OpenCvMat: FRAMES must be a whole number; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("OpenCvMat: " + e.getMessage());
      return 1;
    }
  }

  private static void write(Path file, int frames) throws IOException {
    try (Mat canvas = new Mat(480, 640, CV_8UC3, WHITE);
        Mat region = canvas.apply(new Rect(160, 120, 320, 240));
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(region.cols(), region.rows(), 25));
      encoder.openFile(file);
      for (int n = 0; n < frames; n++) {
        canvas.put(WHITE);
        circle(canvas, new Point(170 + 3 * n, 240), 40, ORANGE, FILLED, LINE_AA, 0);
        video.addFrame(OpenCvMats.toVideoFrame(region));
      }
      EncodingResult result = encoder.finish();
      System.out.println(frames + " frames, " + result.bytes() + " bytes");
    }
  }
}
