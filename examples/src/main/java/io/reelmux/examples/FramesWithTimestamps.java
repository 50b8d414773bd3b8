package io.reelmux.examples;

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
import java.util.SplittableRandom;

/**
 * Encodes frames that carry their own timestamps, as a camera or a screen capture delivers them:
 * NV12 pixels in a direct buffer, at irregular intervals.
 *
 * <pre>./mvnw -q package -Dexample=FramesWithTimestamps -Dargs=out.mp4</pre>
 */
public final class FramesWithTimestamps {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  /**
   * Runs the program.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "out.mp4");
    ByteBuffer pixels = ByteBuffer.allocateDirect((int) PixelLayout.NV12.frameBytes(WIDTH, HEIGHT));
    SplittableRandom delays = new SplittableRandom(1);
    Duration time = Duration.ZERO;
    try (Encoder encoder = Encoder.create()) {
      VideoOptions options =
          VideoOptions.builder(WIDTH, HEIGHT, 30) // 30 is now only the nominal rate
              .variableFrameRate(true)
              .build();
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < 60; n++) {
        capture(pixels, n);
        VideoFrame frame = VideoFrame.of(PixelLayout.NV12, WIDTH, HEIGHT, pixels);
        video.addFrame(frame.withPts(time)); // since the start of the video; must increase
        time = time.plusMillis(delays.nextInt(15, 100));
      }
      EncodingResult result = encoder.finish();
      System.out.printf("60 frames, the last one at %s, %d bytes%n", time, result.bytes());
    }
  }

  /** Stands in for a camera: a bright bar on gray. */
  private static void capture(ByteBuffer pixels, int n) {
    pixels.clear();
    // NV12: a plane of Y, then half as many rows of interleaved U and V; 128 means no color.
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels.put((byte) (x / 10 == n ? 235 : 80));
      }
    }
    while (pixels.hasRemaining()) {
      pixels.put((byte) 128);
    }
    pixels.flip();
  }
}
