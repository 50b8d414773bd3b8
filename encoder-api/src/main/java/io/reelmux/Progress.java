package io.reelmux;

import java.time.Duration;
import java.util.List;

/**
 * The progress of an encoder.
 *
 * @param streams one entry per stream, in the order of the container
 * @param bytes the number of bytes handed to the destination
 */
public record Progress(List<StreamProgress> streams, long bytes) {

  /** Copies the list. */
  public Progress {
    streams = List.copyOf(streams);
  }

  /** {@return the number of frames added, all video streams together} */
  public long frames() {
    return streams.stream().mapToLong(StreamProgress::frames).sum();
  }

  /** {@return the number of samples per channel added, all audio streams together} */
  public long samples() {
    return streams.stream().mapToLong(StreamProgress::samples).sum();
  }

  /** {@return the time that the furthest stream has reached; zero before anything was added} */
  public Duration position() {
    return streams.stream()
        .map(StreamProgress::position)
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
