package io.reelmux.examples;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Encodes a tensor of pictures into an MP4 in memory. */
@Command(
    name = "EncodeToBytes",
    description = "Encodes a (60, 3, 240, 320) tensor into an MP4 in memory and prints its size.",
    mixinStandardHelpOptions = true)
public final class EncodeToBytes implements Callable<Integer> {
  private static final int FRAMES = 60;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final double FRAME_RATE = 29.97;

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(Program.run(new EncodeToBytes(), args));
  }

  @Override
  public Integer call() throws IOException {
    byte[] pixels = tensor(FRAMES, WIDTH, HEIGHT);
    byte[] mp4 = encode(pixels, WIDTH, HEIGHT, FRAME_RATE);
    System.out.printf(
        "%d frames of %dx%d: %d bytes of RGB, %d bytes of MP4%n",
        FRAMES, WIDTH, HEIGHT, pixels.length, mp4.length);
    return 0;
  }

  /**
   * Encodes a (N, 3, height, width) tensor.
   *
   * @param pixels R, G and B bytes; N follows from their number
   * @return an MP4 file
   */
  static byte[] encode(byte[] pixels, int width, int height, double frameRate) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(width, height, frameRate));
      encoder.openFileLike(output, "mp4");
      video.addFrames(VideoFrames.planarRgb(width, height, pixels));
    }
    return output.toByteArray();
  }

  /** Red rises to the right, green to the bottom, blue with time; a white bar moves across. */
  static byte[] tensor(int frames, int width, int height) {
    byte[] pixels = new byte[frames * 3 * height * width];
    int plane = width * height;
    for (int n = 0; n < frames; n++) {
      int bar = width * n / frames;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int red = 3 * n * plane + y * width + x;
          boolean white = x >= bar && x < bar + width / 10;
          pixels[red] = (byte) (white ? 255 : 255 * x / width);
          pixels[red + plane] = (byte) (white ? 255 : 255 * y / height);
          pixels[red + 2 * plane] = (byte) (white ? 255 : 255 * n / frames);
        }
      }
    }
    return pixels;
  }
}
