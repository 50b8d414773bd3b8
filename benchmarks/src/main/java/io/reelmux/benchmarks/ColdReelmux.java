package io.reelmux.benchmarks;

import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A program that encodes the RGB24 frames of a file, and says when the first has been taken. It
 * uses few classes beyond the library's, so that their loading is not measured.
 */
final class ColdReelmux {
  private ColdReelmux() {}

  /** Runs the program. Arguments: file of the frames, file to write, width, height. */
  public static void main(String[] args) throws IOException {
    int width = Integer.parseInt(args[2]);
    int height = Integer.parseInt(args[3]);
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * width * height);
    boolean first = true;
    try (FileChannel frames = FileChannel.open(Path.of(args[0]));
        Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(width, height, Job.RATE)
                  .codec("libx264")
                  .preset("ultrafast")
                  .crf(23)
                  .pixelFormat("yuv420p")
                  .build());
      encoder.openFile(Path.of(args[1]));
      while (ColdStep.read(frames, pixels)) {
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, width, height, pixels));
        if (first) {
          ColdStep.report();
          first = false;
        }
      }
    }
    ColdStep.report();
  }
}
