package io.reelmux.cut;

import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.time.Duration;

/** Which time of a file becomes the start of the joined video. */
final class Beginnings {

  private Beginnings() {}

  /**
   * That of the first frame that {@link FileFrames} has of it, so that audio remains with it: a
   * recording may begin in the middle of a GOP, or have a smaller video that begins elsewhere.
   * Without video, that of the file.
   */
  static Duration of(MediaReader file) throws IOException {
    if (!file.info().videos().isEmpty()) {
      try (VideoReader video = file.video(VideoOutput.source())) {
        FrameIndex index = video.index();
        if (index.count() > 0) {
          return index.time(0);
        }
      }
    }
    return file.info().start().orElse(Duration.ZERO);
  }
}
