package io.reelmux.benchmarks;

import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;

/** Reelmux's reader, used as its documentation says. */
final class ReelmuxReads {
  private static final int OPENINGS = 60;

  private ReelmuxReads() {}

  static ReadLoop sequence(VideoOutput output) {
    return file -> {
      try (MediaReader reader = MediaReader.open(file)) {
        FrameCursor cursor = reader.video(output).cursor();
        int frames = 0;
        while (cursor.next()) {
          require(cursor.frame().pixels().remaining() > 0);
          frames++;
        }
        return frames;
      }
    };
  }

  /** The time includes that of opening the file and of making the index. */
  static ReadLoop random(VideoOutput output) {
    return file -> {
      try (MediaReader reader = MediaReader.open(file)) {
        VideoReader video = reader.video(output);
        int[] numbers = RandomFrames.of((int) video.frameCount());
        for (int number : numbers) {
          require(video.frame(number).index() == number);
        }
        return numbers.length;
      }
    };
  }

  static ReadLoop open() {
    return file -> {
      for (int i = 0; i < OPENINGS; i++) {
        try (MediaReader reader = MediaReader.open(file)) {
          require(reader.info().videos().size() == 1);
        }
      }
      return OPENINGS;
    };
  }

  private static void require(boolean right) throws IOException {
    if (!right) {
      throw new IOException("Reelmux has read something else");
    }
  }
}
