package io.reelmux.spark;

import io.reelmux.EncodingResult;
import io.reelmux.cut.ChunkResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@link SparkCut} has done. The locations of the chunks are those that the tasks wrote; they
 * have been deleted.
 *
 * @param encoding what was joined
 * @param chunks one entry for each chunk, in the order of the video
 * @param chunkTimes how long each chunk's task took that counts: its frames, encoding and storing
 * @param audioTime how long the audio's task took; empty if none was encoded
 * @param joinTime how long the driver took to check, join and store the video
 */
public record CutReport(
    EncodingResult encoding,
    List<ChunkResult> chunks,
    List<Duration> chunkTimes,
    Optional<Duration> audioTime,
    Duration joinTime) {

  /** Copies the lists. */
  public CutReport {
    chunks = List.copyOf(chunks);
    chunkTimes = List.copyOf(chunkTimes);
  }
}
