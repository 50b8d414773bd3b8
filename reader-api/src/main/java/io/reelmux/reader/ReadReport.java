package io.reelmux.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What reading one stream has met so far.
 *
 * @param decoded frames of video, or samples of audio per channel, that have been decoded; frames
 *     decoded more than once count each time
 * @param damaged those among them that were decoded with errors
 * @param failedPackets packets that the decoder refused
 * @param skipped frames that were left out because of {@link Damage#SKIP}
 * @param truncated whether the file ends before its header says, or in the middle of a packet. MP4
 *     and MOV list their frames; the headers of other containers state an end only, so that a last
 *     frame which is shown for over a second looks the same
 * @param firstDamage the time of the first damage, if a packet or frame with a time was damaged
 * @param notes what else deserves attention, in sentences
 */
public record ReadReport(
    long decoded,
    long damaged,
    long failedPackets,
    long skipped,
    boolean truncated,
    Optional<Duration> firstDamage,
    List<String> notes) {

  /** Copies the notes. */
  public ReadReport {
    notes = List.copyOf(notes);
  }

  /**
   * Returns all that deserves attention, in sentences.
   *
   * @return the notes, and what the counts say; empty if all was well
   */
  public List<String> sentences() {
    List<String> all = new ArrayList<>(notes);
    if (damaged + failedPackets + skipped > 0) {
      all.add(
          "the input is damaged: "
              + damaged
              + " frames or samples were decoded with errors, "
              + failedPackets
              + " packets could not be decoded, "
              + skipped
              + " frames were left out");
    }
    if (truncated) {
      all.add("the input may be cut off: it ends before its header says, or within a packet");
    }
    return List.copyOf(all);
  }
}
