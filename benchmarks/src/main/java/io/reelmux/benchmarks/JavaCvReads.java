package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/** JavaCV's grabber, used as in its examples: packed BGR in memory that the next frame reuses. */
final class JavaCvReads {
  private JavaCvReads() {}

  /**
   * Returns a loop over all frames.
   *
   * @param size the width and height of the frames; 0 for those of the file
   */
  static ReadLoop sequence(int size) {
    return file -> {
      try (FFmpegFrameGrabber grabber = open(file, size)) {
        int frames = 0;
        while (grabber.grabImage() != null) {
          frames++;
        }
        return frames;
      }
    };
  }

  static ReadLoop random() {
    return file -> {
      try (FFmpegFrameGrabber grabber = open(file, 0)) {
        int[] numbers = RandomFrames.of(grabber.getLengthInVideoFrames());
        for (int number : numbers) {
          grabber.setVideoFrameNumber(number);
          if (grabber.grabImage() == null) {
            throw new IOException("JavaCV finds no frame " + number);
          }
        }
        return numbers.length;
      }
    };
  }

  private static FFmpegFrameGrabber open(Path file, int size) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
    grabber.setVideoOption("threads", "1");
    grabber.setImageWidth(size);
    grabber.setImageHeight(size);
    grabber.start();
    return grabber;
  }
}
