package io.reelmux.ffmpeg.internal.segment;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.TimeBase;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Decides before which packets of a stream segments and their parts begin.
 *
 * <p>A segment begins with the first key frame at or after each multiple of the segment's length. A
 * part ends before it would become longer than it may.
 */
final class CutClock {
  private final long lengthNanos;
  private final Optional<Ticks> partLength;
  private final TimeBase base;
  private final long halfTick;

  private long nextGrid = Long.MIN_VALUE;
  private long partStart;
  private Ticks end;

  CutClock(Duration length, Optional<Duration> partLength, TimeBase base) {
    this.lengthNanos = length.toNanos();
    this.partLength = partLength.map(Ticks::of);
    this.base = base;
    this.halfTick = base.toDuration(1).toNanos() / 2;
    this.end = new Ticks(0, base);
  }

  /** What begins with a packet. */
  enum Cut {
    NONE,
    PART,
    SEGMENT
  }

  /** Returns whether there has been a packet. */
  boolean begun() {
    return nextGrid != Long.MIN_VALUE;
  }

  /** Decides on the next packet; called once for each, in order. */
  Cut before(AVPacket packet) {
    Cut cut = decide(packet);
    if (cut != Cut.NONE) {
      partStart = packet.dts();
    }
    Ticks packetEnd = new Ticks(packet.pts() + packet.duration(), base);
    if (end.isBefore(packetEnd)) {
      end = packetEnd;
    }
    return cut;
  }

  private Cut decide(AVPacket packet) {
    boolean first = !begun();
    if (first || (packet.flags() & AV_PKT_FLAG_KEY) != 0) {
      // the time has been rounded to a tick
      long nanos = base.toDuration(packet.pts()).toNanos() + halfTick;
      if (first || nanos >= nextGrid) {
        // the priming of audio, which is before zero, belongs to the first segment
        nextGrid = (Math.max(0, nanos) / lengthNanos + 1) * lengthNanos;
        return Cut.SEGMENT;
      }
    }
    if (partLength.isPresent()) {
      Ticks wouldLast = new Ticks(packet.dts() + packet.duration() - partStart, base);
      if (partLength.get().isBefore(wouldLast) && packet.dts() > partStart) {
        return Cut.PART;
      }
    }
    return Cut.NONE;
  }

  /** Returns when the last packet so far ends. */
  Ticks end() {
    return end;
  }
}
