package io.reelmux.cut;

import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.VideoInfo;
import java.time.Duration;
import java.util.Optional;

/** Which time of a file becomes the start of the joined video. */
final class Beginnings {

  private Beginnings() {}

  /** That of its video, so that audio remains with it; without video, that of the file. */
  static Duration of(MediaInfo info) {
    Optional<Duration> video =
        info.videos().stream().findFirst().map(VideoInfo::facts).flatMap(facts -> facts.start());
    return video.or(info::start).orElse(Duration.ZERO);
  }
}
