package io.reelmux.reader;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a file may cost. A file that exceeds a limit ends in a {@link LimitException}, before
 * memory is allocated. Immutable. The defaults suit uploads from strangers.
 */
public final class Limits {

  /** The default limits. */
  public static final Limits DEFAULT =
      new Limits(64L << 20, 1L << 30, 100, 5_000_000, 64L << 20, null);

  /** No limits, for files that the program has made itself. */
  public static final Limits NONE =
      new Limits(
          Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 30, Long.MAX_VALUE, null);

  private final long maxPixels;
  private final long maxMemory;
  private final int maxStreams;
  private final long maxProbe;
  private final long maxSilence;
  private final @Nullable Duration deadline;

  private Limits(
      long maxPixels,
      long maxMemory,
      int maxStreams,
      long maxProbe,
      long maxSilence,
      @Nullable Duration deadline) {
    this.maxPixels = maxPixels;
    this.maxMemory = maxMemory;
    this.maxStreams = maxStreams;
    this.maxProbe = maxProbe;
    this.maxSilence = maxSilence;
    this.deadline = deadline;
  }

  /**
   * Limits the size of a frame.
   *
   * @param pixels width times height, positive; 64 Mi by default (8192 x 8192)
   * @return the limits with this one changed
   * @throws IllegalArgumentException if it is out of range
   */
  public Limits maxPixels(long pixels) {
    requirePositive("maxPixels", pixels, Integer.MAX_VALUE);
    return new Limits(pixels, maxMemory, maxStreams, maxProbe, maxSilence, deadline);
  }

  /**
   * Limits the native memory for the frames of one decoder: the bytes of a frame times the frames
   * that its threads and its reordering hold. Checked before a decoder is opened.
   *
   * @param bytes positive; 1 GiB by default
   * @return the limits with this one changed
   * @throws IllegalArgumentException if it is not positive
   */
  public Limits maxMemory(long bytes) {
    requirePositive("maxMemory", bytes, Long.MAX_VALUE);
    return new Limits(maxPixels, bytes, maxStreams, maxProbe, maxSilence, deadline);
  }

  /**
   * Limits the number of streams.
   *
   * @param count positive; 100 by default
   * @return the limits with this one changed
   * @throws IllegalArgumentException if it is not positive
   */
  public Limits maxStreams(int count) {
    requirePositive("maxStreams", count, Integer.MAX_VALUE);
    return new Limits(maxPixels, maxMemory, count, maxProbe, maxSilence, deadline);
  }

  /**
   * Limits the bytes that are read to find out what the file contains.
   *
   * @param bytes 32 to 1 GiB; 5,000,000 by default
   * @return the limits with this one changed
   * @throws IllegalArgumentException if it is out of range
   */
  public Limits maxProbe(long bytes) {
    requirePositive("maxProbe", bytes, 1L << 30);
    if (bytes < 32) {
      throw new IllegalArgumentException("maxProbe " + bytes + ": must be at least 32 bytes");
    }
    return new Limits(maxPixels, maxMemory, maxStreams, bytes, maxSilence, deadline);
  }

  /**
   * Limits the bytes that are read without meeting a packet of the stream, as in a file that ends
   * in garbage.
   *
   * @param bytes positive; 64 MiB by default
   * @return the limits with this one changed
   * @throws IllegalArgumentException if it is not positive
   */
  public Limits maxSilence(long bytes) {
    requirePositive("maxSilence", bytes, Long.MAX_VALUE);
    return new Limits(maxPixels, maxMemory, maxStreams, maxProbe, bytes, deadline);
  }

  /**
   * Limits the time of one call, the first scan of {@link VideoReader#index} included. A source
   * that blocks is interrupted.
   *
   * @param perCall positive; none by default
   * @return the limits with this one changed
   * @throws IllegalArgumentException if it is not positive
   */
  public Limits deadline(Duration perCall) {
    Objects.requireNonNull(perCall, "perCall");
    if (perCall.isNegative() || perCall.isZero()) {
      throw new IllegalArgumentException("deadline " + perCall + ": must be positive");
    }
    return new Limits(maxPixels, maxMemory, maxStreams, maxProbe, maxSilence, perCall);
  }

  private static void requirePositive(String name, long value, long max) {
    if (value <= 0 || value > max) {
      throw new IllegalArgumentException(name + " " + value + ": must be 1 to " + max);
    }
  }

  /** {@return the maximum number of pixels of a frame} */
  public long maxPixels() {
    return maxPixels;
  }

  /** {@return the maximum number of bytes of native memory for the frames of one decoder} */
  public long maxMemory() {
    return maxMemory;
  }

  /** {@return the maximum number of streams} */
  public int maxStreams() {
    return maxStreams;
  }

  /** {@return the maximum number of bytes read to find out what the file contains} */
  public long maxProbe() {
    return maxProbe;
  }

  /** {@return the maximum number of bytes read without meeting a packet} */
  public long maxSilence() {
    return maxSilence;
  }

  /** {@return the maximum time of a call; empty if there is none} */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** {@return all limits in one line} */
  @Override
  public String toString() {
    return "maxPixels "
        + maxPixels
        + ", maxMemory "
        + maxMemory
        + ", maxStreams "
        + maxStreams
        + ", maxProbe "
        + maxProbe
        + ", maxSilence "
        + maxSilence
        + (deadline == null ? "" : ", deadline " + deadline);
  }
}
