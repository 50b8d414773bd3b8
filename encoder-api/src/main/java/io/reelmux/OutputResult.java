package io.reelmux;

import java.util.List;
import java.util.Optional;

/**
 * What was written to one output.
 *
 * @param name the name of the output
 * @param container the name of the container ({@code mp4}, {@code matroska}); {@code packets} if
 *     the packets went to a listener
 * @param bytes the bytes of the container; 0 without one
 * @param droppedPackets how many packets were dropped because its buffer was full
 * @param failure why it is not complete, if it failed or was canceled
 * @param notes anything unexpected of this output alone
 */
public record OutputResult(
    String name,
    String container,
    long bytes,
    long droppedPackets,
    Optional<Throwable> failure,
    List<String> notes) {

  /** Copies the list. */
  public OutputResult {
    notes = List.copyOf(notes);
  }
}
