package io.reelmux.reader.internal;

import io.reelmux.Device;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ReadReport;
import io.reelmux.reader.spi.FrameFacts;
import io.reelmux.reader.spi.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames at a constant rate: frame k is the one that is shown at k / rate after the first. By
 * number, that is arithmetic on the index; in order, no index is needed: a frame is returned until
 * the time of the next one, which is decoded ahead.
 */
public final class ConstantRateDecoder implements VideoDecoder {

  /** A damaged time stamp must not become an index of gigabytes. */
  private static final long MAX_FRAMES = 1L << 26;

  private final VideoDecoder source;
  private final FrameRate rate;
  private final RateGrid grid;
  private @Nullable FrameIndex index;

  /** For each frame of the index, the number of the source's frame. */
  private int[] sources = new int[0];

  private Held current = new Held();
  private Held ahead = new Held();
  private boolean sourceEnded;
  private boolean moved;
  private boolean currentReturned;
  private long next;
  private @Nullable Long first;

  /** What the next call throws. */
  private @Nullable DamagedFrameException damage;

  /** A frame that has been decoded, and its memory, which is allocated once. */
  private static final class Held {
    private @Nullable ByteBuffer pixels;
    private @Nullable FrameFacts facts;
  }

  /** Frames of {@code source}, whose times have the given unit. */
  public ConstantRateDecoder(VideoDecoder source, TimeBase timeBase, FrameRate rate) {
    this.source = source;
    this.rate = rate;
    this.grid = new RateGrid(timeBase, rate);
  }

  /** The unit of the times of frames and index. */
  public TimeBase timeBase() {
    return grid.timeBase();
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public PixelLayout layout() {
    return source.layout();
  }

  @Override
  public Device device() {
    return source.device();
  }

  @Override
  public @Nullable String hostOnly() {
    return "VideoOutput.frameRate repeats frames";
  }

  @Override
  public @Nullable String sequentialOnly() {
    return source.sequentialOnly();
  }

  @Override
  public FrameIndex index() throws IOException {
    FrameIndex made = index;
    if (made == null) {
      made = resample(source.index());
      index = made;
    }
    return made;
  }

  private FrameIndex resample(FrameIndex from) {
    int count = from.count() == 0 ? 0 : resampledCount(from);
    long start = from.count() == 0 ? 0 : grid.time(from.pts(0));
    long[] pts = new long[count];
    boolean[] keys = new boolean[count];
    sources = new int[count];
    int shown = 0;
    for (int k = 0; k < count; k++) {
      pts[k] = start + grid.offset(k);
      while (shown + 1 < from.count() && grid.time(from.pts(shown + 1)) <= pts[k]) {
        shown++;
      }
      sources[k] = shown;
      keys[k] = from.isKey(shown) && (k == 0 || sources[k - 1] != shown);
    }
    long end = count == 0 ? 0 : Math.max(grid.time(from.endPts()), pts[count - 1]);
    return new FrameIndex(grid.timeBase(), pts, end, keys, from.basis());
  }

  private int resampledCount(FrameIndex from) {
    long span = grid.time(from.endPts()) - grid.time(from.pts(0));
    long count = Math.max(1, grid.framesBefore(span));
    if (count > MAX_FRAMES) {
      throw new IllegalStateException(
          "frameRate " + rate + " gives " + count + " frames: at most " + MAX_FRAMES);
    }
    return (int) count;
  }

  @Override
  public FrameFacts frame(int number, ByteBuffer target) throws IOException {
    FrameIndex all = index();
    moved = true;
    next = number + 1L;
    try {
      FrameFacts facts = source.frame(sources[number], target);
      return facts(number, all.pts(number), facts, all.isKey(number), all.endPts());
    } catch (DamagedFrameException e) {
      throw renumbered(e, number);
    }
  }

  /** The last frame lasts until the stream ends, which may be before the grid's next time. */
  private FrameFacts facts(long number, long pts, FrameFacts of, boolean key, long end) {
    long step = grid.offset(number + 1) - grid.offset(number);
    long duration = end > pts ? Math.min(step, end - pts) : step;
    return new FrameFacts(number, pts, duration, key, of.damaged(), of.type());
  }

  private static DamagedFrameException renumbered(DamagedFrameException e, long number) {
    DamagedFrameException renumbered =
        new DamagedFrameException(
            e.stream().orElse("video"), number, e.time().orElse(null), e.errorText(), e.logLines());
    renumbered.setStackTrace(e.getStackTrace());
    return renumbered;
  }

  @Override
  public @Nullable FrameFacts next(ByteBuffer target) throws IOException {
    if (moved) {
      position((int) Math.min(next, index().count()));
    }
    try {
      return nextInOrder(target);
    } catch (DamagedFrameException e) {
      throw renumbered(e, next);
    }
  }

  private @Nullable FrameFacts nextInOrder(ByteBuffer target) throws IOException {
    DamagedFrameException met = damage;
    if (met != null) {
      damage = null;
      throw met;
    }
    decodeAhead();
    if (current.facts == null) {
      FrameFacts start = ahead.facts;
      if (start == null) {
        return null;
      }
      begin(start);
    }
    long time = start() + grid.offset(next);
    while (ahead.facts != null && grid.time(ahead.facts.pts()) <= time) {
      advance();
    }
    FrameFacts shown = current.facts;
    if (shown == null || (ahead.facts == null && time >= end(shown))) {
      return null;
    }
    target.put(target.position(), pixels(current), 0, target.remaining());
    boolean key = shown.keyFrame() && !currentReturned;
    currentReturned = true;
    next++;
    return facts(next - 1, time, shown, key, endIfLast());
  }

  /**
   * Decodes on until it is known whether another frame follows; damage on the way is thrown by the
   * next call.
   *
   * @return when the last frame ends; the end of time if there are more, or it is not known
   */
  private long endIfLast() throws IOException {
    long following = start() + grid.offset(next);
    try {
      while (ahead.facts != null && grid.time(ahead.facts.pts()) <= following) {
        advance();
      }
    } catch (DamagedFrameException e) {
      damage = e;
    }
    FrameFacts last = current.facts;
    if (damage != null || ahead.facts != null || last == null) {
      return Long.MAX_VALUE;
    }
    boolean known = index != null || last.duration() > 0;
    return known && following >= end(last) ? end(last) : Long.MAX_VALUE;
  }

  /** Begins with the frame ahead; frames that would be shown before it are left out. */
  private void begin(FrameFacts start) throws IOException {
    long time = grid.time(start.pts());
    if (first == null) {
      first = time;
    }
    next = Math.max(next, grid.framesBefore(time - start()));
    advance();
  }

  private long start() {
    Long start = first;
    return start == null ? 0 : start;
  }

  private void advance() throws IOException {
    Held free = current;
    current = ahead;
    ahead = free;
    ahead.facts = null;
    currentReturned = false;
    decodeAhead();
  }

  private void decodeAhead() throws IOException {
    if (ahead.facts == null && !sourceEnded) {
      ahead.facts = source.next(pixels(ahead));
      sourceEnded = ahead.facts == null;
    }
  }

  private ByteBuffer pixels(Held held) {
    ByteBuffer pixels = held.pixels;
    if (pixels == null) {
      pixels = ByteBuffer.allocate((int) layout().frameBytes(width(), height()));
      held.pixels = pixels;
    }
    return pixels;
  }

  /** Returns when the last frame ends, which is shown at least once. */
  private long end(FrameFacts last) {
    FrameIndex all = index;
    long end = all == null ? grid.time(last.pts() + last.duration()) : all.endPts();
    return Math.max(end, grid.time(last.pts()) + 1);
  }

  @Override
  public void position(int number) throws IOException {
    current.facts = null;
    ahead.facts = null;
    damage = null;
    sourceEnded = false;
    moved = false;
    currentReturned = false;
    next = number;
    if (number == 0) {
      first = null;
      source.position(0);
      return;
    }
    FrameIndex all = index();
    first = all.count() == 0 ? null : Long.valueOf(all.pts(0));
    source.position(number < all.count() ? sources[number] : source.index().count());
  }

  /** Never set: it contradicts a constant rate, and is refused before. */
  @Override
  public void keyFramesOnly(boolean value) {
    source.keyFramesOnly(value);
  }

  @Override
  public ReadReport report() {
    return source.report();
  }

  @Override
  public void release() {
    source.release();
  }
}
