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
 * @param files names of the segments, playlists and rotating files that it has left in its {@link
 *     SegmentStore}, without those that were deleted; empty for other outputs
 * @param failure why it is not complete, if it failed or was canceled
 * @param notes anything unexpected of this output alone
 */
public record OutputResult(
    String name,
    String container,
    long bytes,
    long droppedPackets,
    List<String> files,
    Optional<Throwable> failure,
    List<String> notes) {

  /** Copies the lists. */
  public OutputResult {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}
