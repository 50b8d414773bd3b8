package io.reelmux.examples;

import io.reelmux.PixelLayout;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Reads frames by their numbers into one buffer, as a tensor of (N, H, W, 3) or (N, 3, H, W).
 * Seeking decodes from the key frame before each number; a stream decodes from the start, which is
 * faster if most frames are wanted.
 *
 * <pre>./mvnw -q package -Dexample=ReadFrames -Dargs="in.mp4 3,40,41,90 nchw seek"</pre>
 */
public final class ReadFrames {

  /**
   * Runs the program.
   *
   * @param args the file, the numbers, {@code nhwc} or {@code nchw}, {@code seek} or {@code stream}
   * @throws IOException if the file cannot be read, or has no such frame
   */
  public static void main(String[] args) throws IOException {
    long[] numbers = Arrays.stream(args[1].split(",")).mapToLong(Long::parseLong).toArray();
    boolean planar = args.length > 2 && args[2].equals("nchw");
    boolean seek = args.length < 4 || args[3].equals("seek");
    PixelLayout layout = planar ? PixelLayout.RGB_PLANAR : PixelLayout.RGB24;
    try (MediaReader in = MediaReader.open(Path.of(args[0]))) {
      VideoReader video = in.video(VideoOutput.of(layout));
      ByteBuffer tensor = ByteBuffer.allocateDirect(numbers.length * video.frameBytes());
      if (seek) {
        video.readAt(numbers, tensor);
        for (long n : numbers) {
          System.out.printf("frame %d at %s%n", n, video.index().time((int) n));
        }
      } else {
        stream(video, numbers, tensor);
      }
      int[] shape =
          planar
              ? new int[] {numbers.length, 3, video.height(), video.width()}
              : new int[] {numbers.length, video.height(), video.width(), 3};
      CRC32 crc = new CRC32();
      crc.update(tensor);
      System.out.printf("%s, CRC %08x%n", Arrays.toString(shape), crc.getValue());
    }
  }

  /** Decodes from the start; the cursor uses the same memory for every frame. */
  private static void stream(VideoReader video, long[] numbers, ByteBuffer tensor)
      throws IOException {
    FrameCursor cursor = video.cursor();
    long last = Arrays.stream(numbers).max().orElse(-1);
    for (long n = 0; n <= last; n++) {
      if (!cursor.next()) {
        throw new IOException("there is no frame " + last + ": the video has " + n);
      }
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] == n) {
          tensor.put(i * video.frameBytes(), cursor.frame().pixels(), 0, video.frameBytes());
          System.out.printf("frame %d at %s%n", n, cursor.frame().time());
        }
      }
    }
  }
}
