package io.reelmux.reader.ffmpeg.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames of 160x96 pixels that show their own number, in sixteen blocks of light and dark. */
final class NumberedFrames {
  static final int WIDTH = 160;
  static final int HEIGHT = 96;
  static final int BYTES = WIDTH * HEIGHT * 3 / 2;

  private static final int BITS = 16;
  private static final int COLUMNS = 8;
  private static final int BLOCK_WIDTH = WIDTH / COLUMNS;
  private static final int BLOCK_HEIGHT = HEIGHT * COLUMNS / BITS;

  private NumberedFrames() {}

  /** Writes frames as yuv420p, with a texture that moves so that codecs have work to do. */
  static void write(Path path, int count) throws IOException {
    byte[] all = new byte[count * BYTES];
    Arrays.fill(all, (byte) 128);
    for (int frame = 0; frame < count; frame++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int bit = y / BLOCK_HEIGHT * COLUMNS + x / BLOCK_WIDTH;
          int light = (frame >> bit & 1) == 1 ? 200 : 40;
          all[frame * BYTES + y * WIDTH + x] = (byte) (light + (x * 7 + y * 3 + frame * 5) % 16);
        }
      }
    }
    Files.write(path, all);
  }

  /** Reads the number from the luma of a frame. */
  static int read(ByteBuffer frame) {
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = bit % COLUMNS * BLOCK_WIDTH + BLOCK_WIDTH / 2;
      int y = bit / COLUMNS * BLOCK_HEIGHT + BLOCK_HEIGHT / 2;
      int sum = 0;
      for (int dy = -3; dy <= 3; dy++) {
        for (int dx = -3; dx <= 3; dx++) {
          sum += frame.get((y + dy) * WIDTH + x + dx) & 0xFF;
        }
      }
      number |= sum / 49 > 127 ? 1 << bit : 0;
    }
    return number;
  }

  /** The numbers of the frames that the installed ffmpeg decodes, one after another. */
  static List<Integer> decodedByFfmpeg(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                "ffmpeg",
                "-v",
                "quiet",
                "-i",
                file.toString(),
                "-map",
                "0:v:0",
                "-vsync",
                "passthrough",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-")
            .start();
    List<Integer> numbers = new ArrayList<>();
    try (InputStream in = process.getInputStream()) {
      byte[] frame;
      while ((frame = in.readNBytes(WIDTH * HEIGHT)).length == WIDTH * HEIGHT) {
        numbers.add(read(ByteBuffer.wrap(frame)));
      }
    }
    return numbers;
  }
}
