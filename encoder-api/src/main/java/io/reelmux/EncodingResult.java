package io.reelmux;

import java.time.Duration;
import java.util.List;

/**
 * What was actually written.
 *
 * @param container the name of the container ({@code mp4}, {@code matroska}, {@code m4a}); {@code
 *     packets} if the packets went to a listener instead
 * @param streams one entry per stream, in the order of the container
 * @param bytes the size of the file in bytes; 0 without a container
 * @param backend the name, version and license of the native library that was used
 * @param notes anything unexpected: a resampled rate, a container written without seeking, a
 *     fallback
 */
public record EncodingResult(
    String container, List<StreamResult> streams, long bytes, String backend, List<String> notes) {

  /** Copies the lists. */
  public EncodingResult {
    streams = List.copyOf(streams);
    notes = List.copyOf(notes);
  }

  /**
   * Returns the duration of the longest stream.
   *
   * @return the duration; zero if nothing was encoded
   */
  public Duration duration() {
    return streams.stream()
        .map(StreamResult::duration)
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
