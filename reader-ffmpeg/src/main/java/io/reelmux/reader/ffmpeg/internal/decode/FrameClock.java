package io.reelmux.reader.ffmpeg.internal.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Gives frames times that rise. Where a file has none, FFmpeg's best guess is taken; where its
 * times start again, as in joined recordings, later frames follow on.
 */
final class FrameClock {

  /** Frames by which a damaged stream may be out of order; what is further back starts again. */
  private static final int MAX_REORDER = 32;

  private final DamageCount count;
  private long step;
  private long last = AV_NOPTS_VALUE;
  private long offset;

  /**
   * A clock at the start of a stream.
   *
   * @param step the usual distance of frames in ticks, at least 1
   */
  FrameClock(long step, DamageCount count) {
    this.step = Math.max(1, step);
    this.count = count;
  }

  /** Returns the time of the next frame that is shown, in ticks. */
  long next(AVFrame frame) {
    long stated = frame.pts();
    if (stated == AV_NOPTS_VALUE) {
      stated = frame.best_effort_timestamp();
    }
    long time = stated == AV_NOPTS_VALUE ? follow() : stated + offset;
    if (stated == AV_NOPTS_VALUE) {
      count.note("the stream has frames without times: they follow one another evenly");
    } else if (last != AV_NOPTS_VALUE && time <= last) {
      if (last - time > MAX_REORDER * step) {
        count.note("the times of the stream start again: later frames follow on");
        time = follow();
        offset = time - stated;
      } else if (guess(frame) > last) {
        count.note("frames state times that do not rise: FFmpeg's best guess is taken");
        time = guess(frame);
      } else {
        count.note("damaged frames come out of order: the times around them are not exact");
        last++;
        return last;
      }
    }
    if (last != AV_NOPTS_VALUE && offset == 0 && step > time - last) {
      step = time - last;
    }
    last = time;
    return time;
  }

  /** What FFmpeg derives from decoding times, if it does not believe the frame's own. */
  private long guess(AVFrame frame) {
    long guess = frame.best_effort_timestamp();
    return guess == AV_NOPTS_VALUE ? AV_NOPTS_VALUE : guess + offset;
  }

  private long follow() {
    return last == AV_NOPTS_VALUE ? 0 : last + step;
  }
}
