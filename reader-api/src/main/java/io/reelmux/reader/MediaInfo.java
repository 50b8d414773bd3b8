package io.reelmux.reader;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the headers of a file say. Nothing has been scanned or decoded for it beyond what finding
 * out the format requires.
 *
 * @param container FFmpeg's name of the container, such as {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param duration the duration that the header states, or an estimate from the bit rate
 * @param start the time of the first frame or sample
 * @param streams all streams, in the order of the file
 * @param tags the tags of the file
 * @param chapters its chapters
 */
public record MediaInfo(
    String container,
    Optional<Duration> duration,
    Optional<Duration> start,
    List<StreamInfo> streams,
    Map<String, String> tags,
    List<Chapter> chapters) {

  /** Copies the collections; the tags keep their order. */
  public MediaInfo {
    streams = List.copyOf(streams);
    chapters = List.copyOf(chapters);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** {@return the video streams; covers are not among them} */
  public List<VideoInfo> videos() {
    return ofType(VideoInfo.class);
  }

  /** {@return the audio streams} */
  public List<AudioInfo> audios() {
    return ofType(AudioInfo.class);
  }

  private <T extends StreamInfo> List<T> ofType(Class<T> type) {
    return streams.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
