package io.reelmux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/** A fragment of an MP4, as a player in a browser appends it to its buffer. Immutable. */
public final class Fragment {
  private final ByteBuffer bytes;
  private final Duration start;
  private final Duration duration;
  private final boolean independent;

  /**
   * Creates a fragment.
   *
   * @param bytes its bytes, which are not copied
   * @param start presentation time of its start, at which the one before it ends
   * @param duration its duration
   * @param independent whether decoding can start here
   */
  public Fragment(ByteBuffer bytes, Duration start, Duration duration, boolean independent) {
    this.bytes = bytes.slice().asReadOnlyBuffer();
    this.start = Objects.requireNonNull(start, "start");
    this.duration = Objects.requireNonNull(duration, "duration");
    this.independent = independent;
  }

  /** {@return its bytes, read-only: one or more pairs of moof and mdat} */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** {@return the number of bytes} */
  public int size() {
    return bytes.remaining();
  }

  /** {@return the presentation time of its start} */
  public Duration start() {
    return start;
  }

  /** {@return its duration} */
  public Duration duration() {
    return duration;
  }

  /** {@return whether decoding can start here: it begins with a key frame} */
  public boolean independent() {
    return independent;
  }

  @Override
  public String toString() {
    return "fragment at %s for %s, %d bytes%s"
        .formatted(start, duration, size(), independent ? ", independent" : "");
  }
}
