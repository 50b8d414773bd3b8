package io.reelmux.testing.media;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The contents of a media file.
 *
 * @param format name of the demuxer
 * @param durationMicros 0 if the container does not specify it
 */
public record Media(
    String format, long durationMicros, Map<String, String> metadata, List<ReadStream> streams) {

  /** Returns the n-th video stream. */
  public ReadStream video(int index) {
    return streams.stream().filter(ReadStream::video).skip(index).findFirst().orElseThrow();
  }

  /** Returns the n-th stream that is not video. */
  public ReadStream audio(int index) {
    return streams.stream().filter(stream -> !stream.video()).skip(index).findFirst().orElseThrow();
  }

  /** Returns the decoded audio of each audio stream. */
  public List<DecodedAudio> decodedAudio() {
    return streams.stream().map(ReadStream::audio).filter(Objects::nonNull).toList();
  }
}
