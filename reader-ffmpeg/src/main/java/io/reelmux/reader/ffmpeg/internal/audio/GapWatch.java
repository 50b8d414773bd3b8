package io.reelmux.reader.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.TimeBase;
import io.reelmux.reader.ffmpeg.internal.decode.DamageCount;
import java.time.Duration;

/**
 * Notes the first place where the times of a stream jump: packets are missing there, or it has been
 * joined from two. Samples are numbered as they follow one another, so that their times are wrong
 * behind it.
 */
final class GapWatch {

  /** Times may be this much off without a gap; many muxers round them. */
  private static final long TOLERANCE_MILLIS = 15;

  private final TimeBase timeBase;
  private final double tick;
  private final double tolerance;
  private final DamageCount notes;

  /** Where the last piece began, and the samples since. */
  private long last = AV_NOPTS_VALUE;

  private long since;
  private boolean noted;

  GapWatch(TimeBase timeBase, int sampleRate, DamageCount notes) {
    this.timeBase = timeBase;
    this.tick = (double) timeBase.numerator() / timeBase.denominator() * sampleRate;
    this.tolerance = Math.max(2 * tick, sampleRate * TOLERANCE_MILLIS / 1_000.0);
    this.notes = notes;
  }

  /**
   * Compares the time of a piece with what the samples before say.
   *
   * @param samples how many the piece has
   * @param inHead whether no sample is heard yet; demuxers round times there
   */
  void piece(long pts, int samples, boolean inHead) {
    if (pts != AV_NOPTS_VALUE && !noted) {
      double jump = (pts - last) * tick - since;
      if (last != AV_NOPTS_VALUE && !inHead && Math.abs(jump) > tolerance) {
        note(pts, jump / tick);
      }
      last = pts;
      since = 0;
    }
    since += samples;
  }

  private void note(long pts, double ticks) {
    noted = true;
    try {
      Duration jump = timeBase.toDuration(Math.round(ticks));
      notes.note(
          "the times jump by "
              + jump
              + " at "
              + timeBase.toDuration(pts)
              + ": samples follow one another all the same, so that their times are wrong from"
              + " there on");
    } catch (ArithmeticException e) {
      notes.note("the times jump by centuries");
    }
  }
}
