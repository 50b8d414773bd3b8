package io.reelmux;

import java.time.Duration;
import java.util.List;

/**
 * What was actually written.
 *
 * @param container the name of the first output's container ({@code mp4}, {@code matroska}, {@code
 *     m4a}); {@code packets} if the packets went to a listener instead
 * @param streams one entry per stream, in the order of the container
 * @param bytes the size of the file in bytes, or of all outputs together; 0 without a container
 * @param backend the name, version and license of the native library that was used
 * @param notes anything unexpected: a resampled rate, a container written without seeking, a
 *     fallback; notes of one of several outputs begin with its name
 * @param outputs one entry per output, in the order opened and attached
 */
public record EncodingResult(
    String container,
    List<StreamResult> streams,
    long bytes,
    String backend,
    List<String> notes,
    List<OutputResult> outputs) {

  /** Copies the lists. */
  public EncodingResult {
    streams = List.copyOf(streams);
    notes = List.copyOf(notes);
    outputs = List.copyOf(outputs);
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
