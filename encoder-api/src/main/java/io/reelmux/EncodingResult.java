package io.reelmux;

import java.time.Duration;
import java.util.List;

/**
 * What was really produced.
 *
 * @param container the container's name ({@code mp4}, {@code matroska}, {@code m4a}); {@code
 *     packets} where the packets went to a listener instead
 * @param streams one entry a stream, in the order of the container
 * @param bytes size of the file; 0 without a container
 * @param backend library, version and licence that did it
 * @param notes what differs from what one might expect: a resampled rate, a container written
 *     without seeking, a fallback
 */
public record EncodingResult(
    String container, List<StreamResult> streams, long bytes, String backend, List<String> notes) {

  /** Copies the lists. */
  public EncodingResult {
    streams = List.copyOf(streams);
    notes = List.copyOf(notes);
  }

  /**
   * The length of the longest stream.
   *
   * @return zero if nothing was encoded
   */
  public Duration duration() {
    return streams.stream()
        .map(StreamResult::duration)
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
