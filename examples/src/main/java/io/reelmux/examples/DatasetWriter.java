package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes clips for training: frames as H.264 with a key frame every 8 frames, so that any of them
 * is found quickly, and masks whose labels are kept exactly. A second run writes the same bytes.
 *
 * <pre>./mvnw -q package -Dexample=DatasetWriter -Dargs="dataset 200"</pre>
 */
public final class DatasetWriter {
  private static final String HELP =
      """
      DatasetWriter FOLDER [CLIPS [FRAMES [SIDE]]]
        FOLDER  of the clips (000.mp4) and their masks (000-mask.mkv); it is created
        CLIPS   (200)
        FRAMES  of each clip, at 25 per second (32)
        SIDE    of the square frames in pixels, even (128)""";

  private static final int RATE = 25;
  private static final Duration EIGHT_FRAMES = Duration.ofMillis(8 * 1000 / RATE);

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
      int clips = args.length > 1 ? Integer.parseInt(args[1]) : 200;
      int frames = args.length > 2 ? Integer.parseInt(args[2]) : 32;
      int side = args.length > 3 ? Integer.parseInt(args[3]) : 128;
      Path folder = Files.createDirectories(Path.of(args[0]));
      // a clip on each core: faster than several threads for a clip, and the bytes do not vary
      IntStream.range(0, clips).parallel().forEach(clip -> write(folder, clip, frames, side));
      System.out.println(clips + " clips of " + frames + " frames");
      return 0;
    } catch (NumberFormatException e) {
      System.err.println(
          "DatasetWriter: CLIPS, FRAMES and SIDE must be whole numbers; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("DatasetWriter: " + e.getMessage());
      return 1;
    }
  }

  private static void write(Path folder, int clip, int frames, int side) {
    String name = "%03d".formatted(clip);
    VideoOptions options =
        VideoOptions.builder(side, side, RATE)
            .quality(Quality.HIGH)
            .keyFramesEvery(EIGHT_FRAMES) // there, and nowhere else
            .threads(1)
            .build();
    VideoOptions lossless =
        VideoOptions.builder(side, side, RATE)
            .codec("ffv1")
            .pixelFormat("gray") // of full range: label 2 remains 2
            .quality(Quality.LOSSLESS)
            .threads(1)
            .build();
    try (Encoder clips = Encoder.create();
        Encoder masks = Encoder.create()) {
      VideoStream video = clips.addVideo(options);
      VideoStream labels = masks.addVideo(lossless);
      clips.openFile(folder.resolve(name + ".mp4"));
      masks.openFile(folder.resolve(name + "-mask.mkv"));
      for (int n = 0; n < frames; n++) {
        byte[] mask = mask(clip, n, side);
        labels.addFrame(VideoFrame.of(PixelLayout.GRAY8, side, side, mask));
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, side, side, paint(mask, clip)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A disk (1) and a square (2) that move in front of the background (0). */
  static byte[] mask(int clip, int n, int side) {
    SplittableRandom random = new SplittableRandom(clip);
    int x = random.nextInt(side);
    int y = random.nextInt(side / 2);
    int radius = side / 8 + random.nextInt(side / 8);
    byte[] mask = new byte[side * side];
    for (int i = 0; i < mask.length; i++) {
      int px = i % side;
      int py = i / side;
      if (Math.hypot(px - (x + n) % side, py - y) < radius) {
        mask[i] = 1;
      } else if (Math.max(Math.abs(px - (x + 3 * n) % side), Math.abs(py - side * 3 / 4))
          < radius) {
        mask[i] = 2;
      }
    }
    return mask;
  }

  private static byte[] paint(byte[] mask, int clip) {
    SplittableRandom noise = new SplittableRandom(clip);
    byte[] rgb = new byte[3 * mask.length];
    for (int i = 0; i < rgb.length; i++) {
      boolean lit = mask[i / 3] == 0 ? i % 3 == 2 : i % 3 == mask[i / 3] - 1;
      rgb[i] = (byte) ((lit ? 200 : 60) + noise.nextInt(4));
    }
    return rgb;
  }
}
