package io.reelmux.reader.ffmpeg.internal.decode;

import io.reelmux.TimeBase;
import io.reelmux.reader.ReadReport;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Counts what decoding a stream meets. Thread-safe. */
public final class DamageCount {
  private final TimeBase timeBase;
  private final Set<String> notes = new LinkedHashSet<>();
  private long decoded;
  private long damaged;
  private long failedPackets;
  private long skipped;
  private boolean truncated;
  private @Nullable Duration first;

  /**
   * Nothing met yet.
   *
   * @param timeBase the unit of the stream's times
   */
  public DamageCount(TimeBase timeBase) {
    this.timeBase = timeBase;
  }

  /** Counts what has been decoded. */
  public synchronized void decoded(long count) {
    decoded += count;
  }

  /** Counts a damaged frame, or damaged samples. */
  public synchronized void damaged(long pts, long count) {
    damaged += count;
    remember(pts);
  }

  /** Counts a packet that the decoder refused. */
  public synchronized void failed(long pts) {
    failedPackets++;
    remember(pts);
  }

  private void remember(long pts) {
    if (first == null && pts != avutil.AV_NOPTS_VALUE) {
      first = timeBase.toDuration(pts);
    }
  }

  /** Counts a frame that was left out. */
  public synchronized void skipped(long count) {
    skipped += count;
  }

  /** The file ends too early. */
  public synchronized void truncated(String note) {
    truncated = true;
    notes.add(note);
  }

  /** Adds a note, unless there is one like it. */
  public synchronized void note(String text) {
    notes.add(text);
  }

  /** The number of packets that the decoder refused so far. */
  public synchronized long failedPackets() {
    return failedPackets;
  }

  /** What has been met so far. */
  public synchronized ReadReport report() {
    return new ReadReport(
        decoded,
        damaged,
        failedPackets,
        skipped,
        truncated,
        Optional.ofNullable(first),
        List.copyOf(notes));
  }
}
