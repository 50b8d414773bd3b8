package io.reelmux.examples;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Encodes a tensor of shape (N, 3, H, W), as machine learning libraries hold video, into an MP4 in
 * memory.
 *
 * <pre>./mvnw -q package -Dexample=TensorToBytes -Dargs=tensor.mp4</pre>
 */
public final class TensorToBytes {
  private static final int FRAMES = 60;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  /**
   * Runs the program.
   *
   * @param args a file for the MP4, to look at it; optional
   * @throws IOException if encoding fails
   */
  public static void main(String[] args) throws IOException {
    byte[] tensor = tensor(FRAMES, WIDTH, HEIGHT);
    byte[] mp4 = encode(tensor, WIDTH, HEIGHT, 29.97);
    System.out.printf("%d bytes of RGB, %d bytes of MP4%n", tensor.length, mp4.length);
    if (args.length > 0) {
      Files.write(Path.of(args[0]), mp4);
    }
  }

  /** Encodes a (N, 3, height, width) tensor of bytes; N follows from its length. */
  static byte[] encode(byte[] tensor, int width, int height, double frameRate) throws IOException {
    // A ByteArrayOutputStream would do too, but cannot seek: the MP4 would be a fragmented one.
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(width, height, frameRate));
      encoder.openFileLike(output, "mp4");
      video.addFrames(VideoFrames.planarRgb(width, height, tensor)); // or one batch after another
    } // close() completes the MP4
    return output.toByteArray();
  }

  /** Red increases to the right, green to the bottom, blue with time; a white bar moves across. */
  static byte[] tensor(int frames, int width, int height) {
    byte[] tensor = new byte[frames * 3 * height * width];
    int plane = width * height;
    for (int n = 0; n < frames; n++) {
      int bar = width * n / frames;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int red = 3 * n * plane + y * width + x; // index [n][0][y][x]
          boolean white = x >= bar && x < bar + width / 10;
          tensor[red] = (byte) (white ? 255 : 255 * x / width);
          tensor[red + plane] = (byte) (white ? 255 : 255 * y / height);
          tensor[red + 2 * plane] = (byte) (white ? 255 : 255 * n / frames);
        }
      }
    }
    return tensor;
  }
}
