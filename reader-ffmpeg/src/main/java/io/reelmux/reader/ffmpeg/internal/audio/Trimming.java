package io.reelmux.reader.ffmpeg.internal.audio;

import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_SKIP_SAMPLES;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.TimeBase;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;

/**
 * Decides which samples of a stream are heard, while it is decoded from its start: those that the
 * file does not tell to leave out, and none before time 0 unless times may start anywhere.
 */
final class Trimming {
  private static final long NANOS = 1_000_000_000L;

  /** Bytes of FFmpeg's numbers of samples to skip. */
  private static final int SKIP_BYTES = 10;

  /** No encoder inserts as much: such a time is wrong, or a stream begins there. */
  private static final int MAX_PRIMING_SECONDS = 10;

  private final int sampleRate;
  private final TimeBase timeBase;
  private final int priming;
  private final boolean anyStart;
  private final boolean keepPriming;

  private boolean started;
  private boolean heardAny;
  private boolean trimmed;
  private boolean timed;

  /** Samples that are still to be left out. */
  private long skip;

  private int offset;
  private int count;
  private long startNanos;

  /**
   * Starts before the first piece.
   *
   * @param priming the samples before the first that is heard, as the stream says; 0 if it does not
   * @param anyStart whether times may start anywhere in this container
   */
  Trimming(int sampleRate, TimeBase timeBase, int priming, boolean anyStart, boolean keepPriming) {
    this.sampleRate = sampleRate;
    this.timeBase = timeBase;
    this.priming = priming;
    this.anyStart = anyStart;
    this.keepPriming = keepPriming;
  }

  /**
   * Decides of a frame.
   *
   * @param samples how many it has
   */
  void frame(AVFrame frame, int samples) {
    long padding = 0;
    AVFrameSideData data = av_frame_get_side_data(frame, AV_FRAME_DATA_SKIP_SAMPLES);
    if (data != null && !data.isNull() && data.size() >= SKIP_BYTES) {
      ByteBuffer values =
          data.data().capacity(SKIP_BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      skip = Math.max(0, values.getInt(0));
      padding = Integer.toUnsignedLong(values.getInt(Integer.BYTES));
    }
    boolean discarded = (frame.flags() & AV_FRAME_FLAG_DISCARD) != 0;
    decide(samples, frame.pts(), padding, discarded);
  }

  /** Decides of samples that could not be decoded. */
  void lost(int samples, long pts) {
    decide(samples, pts, 0, /* discarded= */ false);
  }

  private void decide(int samples, long pts, long padding, boolean discarded) {
    if (!started) {
      started = true;
      skip += beforeZero(pts);
    }
    offset = (int) Math.min(samples, skip);
    skip -= offset;
    if (discarded) {
      offset = samples;
    }
    count = samples - offset;
    if (padding <= count) {
      count -= (int) padding;
    }
    trimmed |= !heardAny && offset > 0;
    boolean inHead = !heardAny;
    heardAny |= count > 0;
    if (inHead && keepPriming) {
      count += offset;
      offset = 0;
    }
    if (!timed && count > 0) {
      timed = true;
      startNanos = start(pts);
    }
  }

  /** Returns the samples before time 0 that the file does not tell to leave out. */
  private long beforeZero(long pts) {
    if (anyStart || pts == AV_NOPTS_VALUE || pts >= 0) {
      return 0;
    }
    double tick = tick();
    double first = pts * tick;
    if (first + skip >= -tick || first < -(double) MAX_PRIMING_SECONDS * sampleRate) {
      return 0;
    }
    // times may be coarser than samples: the number that the stream says is exact
    boolean told = priming > skip && Math.abs(priming + first) <= tick + 1;
    return told ? priming - skip : Math.round(-first) - skip;
  }

  /** The samples of a tick. */
  private double tick() {
    return (double) timeBase.numerator() / timeBase.denominator() * sampleRate;
  }

  private long start(long pts) {
    if (pts == AV_NOPTS_VALUE) {
      return 0;
    }
    long nanos;
    try {
      nanos = timeBase.toDuration(pts).toNanos();
    } catch (ArithmeticException e) {
      // only a damaged file lasts centuries
      return 0;
    }
    long time = nanos + (offset * NANOS + sampleRate / 2) / sampleRate;
    boolean rounded = Math.abs(time) <= timeBase.toDuration(1).toNanos();
    return !anyStart && trimmed && !keepPriming && rounded ? 0 : time;
  }

  /** The samples of the last piece before the first that is heard. */
  int offset() {
    return offset;
  }

  /** How many samples of the last piece are heard. */
  int count() {
    return count;
  }

  /** Whether samples have been found that are heard. */
  boolean heardAny() {
    return heardAny;
  }

  /** Whether the file has told that samples at the start are not heard. */
  boolean isTold() {
    return trimmed;
  }

  /** When the first sample that is heard, or kept, is heard, in nanoseconds. */
  long startNanos() {
    return startNanos;
  }
}
