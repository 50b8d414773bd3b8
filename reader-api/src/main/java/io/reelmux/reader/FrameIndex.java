package io.reelmux.reader;

import io.reelmux.TimeBase;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which frames a video stream has, and when they are shown. Frame n is the n-th that is shown,
 * whatever the order in the file; only frames that can be decoded count. Immutable, and
 * serializable between programs that use the same version of this library.
 */
public final class FrameIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How an index was made. */
  public enum Basis {
    /** From the packets' times; the first and last frames have been decoded. */
    SCAN,
    /** From decoding every frame, because the packets' times are missing or contradict. */
    DECODED
  }

  private final transient TimeBase timeBase;
  private final transient long[] pts;
  private final transient long end;
  private final transient boolean[] keys;
  private final transient Basis basis;
  private final transient byte[] packets;

  /**
   * Creates an index that no reader has made, and none can be opened with.
   *
   * @param timeBase the unit of the times
   * @param pts the time of each frame, rising
   * @param end the time at which the last frame ends
   * @param keys for each frame, whether decoding can start there
   * @param basis how it was made
   * @throws IllegalArgumentException if the lengths differ, or the times do not rise
   */
  public FrameIndex(TimeBase timeBase, long[] pts, long end, boolean[] keys, Basis basis) {
    this(timeBase, pts, end, keys, basis, new byte[0]);
  }

  /**
   * Creates an index that a backend can find frames by, without reading the file again.
   *
   * @param timeBase the unit of the times
   * @param pts the time of each frame, rising
   * @param end the time at which the last frame ends
   * @param keys for each frame, whether decoding can start there
   * @param basis how it was made
   * @param packets what {@link #packets} returns
   * @throws IllegalArgumentException if the lengths differ, or the times do not rise
   */
  public FrameIndex(
      TimeBase timeBase, long[] pts, long end, boolean[] keys, Basis basis, byte[] packets) {
    this.packets = packets.clone();
    this.timeBase = Objects.requireNonNull(timeBase, "timeBase");
    this.pts = pts.clone();
    this.end = end;
    this.keys = keys.clone();
    this.basis = Objects.requireNonNull(basis, "basis");
    check();
  }

  private void check() {
    if (pts.length != keys.length) {
      throw new IllegalArgumentException(
          pts.length + " times and " + keys.length + " key flags: must be one of each per frame");
    }
    for (int i = 1; i < pts.length; i++) {
      if (pts[i] <= pts[i - 1]) {
        throw new IllegalArgumentException(
            "frame "
                + i
                + " is at "
                + pts[i]
                + ", the one before it at "
                + pts[i - 1]
                + ": times must rise");
      }
    }
    if (pts.length > 0 && end < pts[pts.length - 1]) {
      throw new IllegalArgumentException("end " + end + ": must not be before the last frame");
    }
  }

  /** {@return the number of frames} */
  public int count() {
    return pts.length;
  }

  /** {@return the unit of {@link #pts}} */
  public TimeBase timeBase() {
    return timeBase;
  }

  /**
   * Returns when a frame is shown, in ticks.
   *
   * @param frame number of the frame, from 0
   * @return the time in units of {@link #timeBase}
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public long pts(int frame) {
    return pts[Objects.checkIndex(frame, pts.length)];
  }

  /**
   * Returns when a frame is shown.
   *
   * @param frame number of the frame, from 0
   * @return the time, rounded to nanoseconds
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public Duration time(int frame) {
    return timeBase.toDuration(pts(frame));
  }

  /**
   * Returns how long a frame is shown: until the next one, the last one until the end.
   *
   * @param frame number of the frame, from 0
   * @return the number of ticks
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public long durationTicks(int frame) {
    return (frame + 1 < pts.length ? pts[frame + 1] : end) - pts(frame);
  }

  /**
   * Returns how long a frame is shown: until the next one, the last one until the end.
   *
   * @param frame number of the frame, from 0
   * @return the duration, rounded to nanoseconds
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public Duration duration(int frame) {
    return timeBase.toDuration(durationTicks(frame));
  }

  /** {@return the time in ticks at which the last frame ends} */
  public long endPts() {
    return end;
  }

  /** {@return when the last frame ends} */
  public Duration end() {
    return timeBase.toDuration(end);
  }

  /**
   * Returns whether decoding can start at a frame.
   *
   * @param frame number of the frame, from 0
   * @return true for key frames
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public boolean isKey(int frame) {
    return keys[Objects.checkIndex(frame, keys.length)];
  }

  /** {@return the numbers of the key frames, rising} */
  public int[] keys() {
    int[] all = new int[keys.length];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i]) {
        all[count++] = i;
      }
    }
    return Arrays.copyOf(all, count);
  }

  /**
   * Returns the frame that is shown at a time. A frame is shown from its own time on, until the
   * next one.
   *
   * @param time a time on the file's timeline
   * @return the number of the frame
   * @throws IndexOutOfBoundsException if no frame is shown then
   */
  public int at(Duration time) {
    Objects.requireNonNull(time, "time");
    if (pts.length == 0 || time.compareTo(time(0)) < 0 || time.compareTo(end()) >= 0) {
      throw new IndexOutOfBoundsException(
          "no frame is shown at "
              + time
              + (pts.length == 0 ? "" : ": must be " + time(0) + " to before " + end()));
    }
    return lastAtOrBefore(time);
  }

  /** Compares durations, as the caller sees them, so that {@code at(time(n))} is n. */
  private int lastAtOrBefore(Duration time) {
    int low = 0;
    int high = pts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (time(middle).compareTo(time) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Returns whether all frames are at the same distance, within one tick.
   *
   * @return false if the frame rate varies
   */
  public boolean constantRate() {
    if (pts.length < 3) {
      return true;
    }
    double step = (double) (pts[pts.length - 1] - pts[0]) / (pts.length - 1);
    for (int i = 1; i < pts.length; i++) {
      if (Math.abs(pts[0] + i * step - pts[i]) > 1) {
        return false;
      }
    }
    return true;
  }

  /** {@return how the index was made} */
  public Basis basis() {
    return basis;
  }

  /**
   * Returns where the frames' packets are in the file, in a form that only the backend knows which
   * has made the index. Programs do not need it.
   *
   * @return a copy; empty if no reader has made the index
   */
  public byte[] packets() {
    return packets.clone();
  }

  /**
   * Writes the index to a file, so that it need not be made again: {@link VideoOutput#index} opens
   * a stream with it. Such a file has 20 to 30 bytes per frame.
   *
   * @param path the file, which is replaced if it exists
   * @throws IOException if it cannot be written
   */
  public void write(Path path) throws IOException {
    IndexFile.write(this, path);
  }

  /**
   * Reads an index that {@link #write} has written.
   *
   * @param path the file
   * @return the index
   * @throws IOException if it cannot be read, is not an index, is of another version, or is damaged
   */
  public static FrameIndex read(Path path) throws IOException {
    return IndexFile.read(path);
  }

  private Object writeReplace() {
    return new Form(timeBase, pts, end, keys, basis, packets);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("FrameIndex is read as its fields");
  }

  /** The serialized form, which is checked when it is read. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Form(
      TimeBase timeBase, long[] pts, long end, boolean[] keys, Basis basis, byte[] packets)
      implements Serializable {

    private Object readResolve() {
      return new FrameIndex(timeBase, pts, end, keys, basis, packets);
    }
  }

  /** Compares times, keys and the basis. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FrameIndex index
        && timeBase.equals(index.timeBase)
        && Arrays.equals(pts, index.pts)
        && end == index.end
        && Arrays.equals(keys, index.keys)
        && basis == index.basis;
  }

  @Override
  public int hashCode() {
    return Objects.hash(timeBase, Arrays.hashCode(pts), end, Arrays.hashCode(keys), basis);
  }

  /** {@return the number of frames, the times and the basis in one line} */
  @Override
  public String toString() {
    return pts.length == 0
        ? "no frames"
        : pts.length + " frames from " + time(0) + " to " + end() + ", " + basis;
  }
}
