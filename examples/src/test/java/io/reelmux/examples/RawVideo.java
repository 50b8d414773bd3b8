package io.reelmux.examples;

import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All frames of a file, decoded by the installed ffmpeg. */
record RawVideo(int width, int height, int components, byte[] bytes) {

  /** Decodes to R, G, B. */
  static RawVideo rgb(Path file, int width, int height) throws IOException, InterruptedException {
    return decode(file, width, height, "rgb24", 3, List.of());
  }

  /** Decodes a WebM with alpha, which ffmpeg's own decoder of VP9 drops. */
  static RawVideo rgbaOfWebm(Path file, int width, int height)
      throws IOException, InterruptedException {
    return decode(file, width, height, "rgba", 4, List.of("-c:v", "libvpx-vp9"));
  }

  /** Decodes gray values as they are stored. */
  static RawVideo gray(Path file, int width, int height) throws IOException, InterruptedException {
    return decode(file, width, height, "gray", 1, List.of());
  }

  private static RawVideo decode(
      Path file, int width, int height, String format, int components, List<String> input)
      throws IOException, InterruptedException {
    Path raw = file.resolveSibling(file.getFileName() + "." + format);
    List<String> arguments = new ArrayList<>(input);
    arguments.addAll(List.of("-i", file.toString(), "-map", "0:v:0", "-vsync", "passthrough"));
    arguments.addAll(List.of("-f", "rawvideo", "-pix_fmt", format, raw.toString()));
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    if (bytes.length % (width * height * components) != 0) {
      throw new AssertionError(file + " does not have frames of " + width + "x" + height);
    }
    return new RawVideo(width, height, components, bytes);
  }

  /** Returns the number of frames. */
  int frames() {
    return bytes.length / (width * height * components);
  }

  /** Returns a component of a pixel. */
  int at(int frame, int x, int y, int component) {
    return bytes[((frame * height + y) * width + x) * components + component] & 0xFF;
  }

  /** Returns the components of a pixel. */
  int[] pixel(int frame, int x, int y) {
    int[] pixel = new int[components];
    for (int i = 0; i < components; i++) {
      pixel[i] = at(frame, x, y, i);
    }
    return pixel;
  }

  /** Fails if a component of a pixel is further than {@code tolerance} from the expected color. */
  void assertPixel(int frame, int x, int y, int tolerance, int... expected) {
    int[] pixel = pixel(frame, x, y);
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(pixel[i] - expected[i]) > tolerance) {
        throw new AssertionError(
            "frame %d at %d,%d is %s, not %s"
                .formatted(
                    frame,
                    x,
                    y,
                    java.util.Arrays.toString(pixel),
                    java.util.Arrays.toString(expected)));
      }
    }
  }
}
