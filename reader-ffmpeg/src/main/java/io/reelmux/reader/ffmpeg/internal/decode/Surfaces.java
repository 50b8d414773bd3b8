package io.reelmux.reader.ffmpeg.internal.decode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The frames of one decoder that have been handed out and are not released. Thread-safe. */
final class Surfaces implements AutoCloseable {

  /** Each holds GPU memory: a program that forgets to close frames must not use it up. */
  private static final int MAX_OPEN = 32;

  private final Set<Surface> open = new LinkedHashSet<>();

  /**
   * Refuses one more if there are too many.
   *
   * @throws IllegalStateException if there are
   */
  synchronized void requireRoom() {
    if (open.size() >= MAX_OPEN) {
      throw new IllegalStateException(
          open.size() + " frames of this reader are open in GPU memory: close those not needed");
    }
  }

  synchronized void add(Surface surface) {
    open.add(surface);
  }

  synchronized void remove(Surface surface) {
    open.remove(surface);
  }

  @Override
  public void close() {
    List<Surface> left;
    synchronized (this) {
      left = List.copyOf(open);
    }
    // not under the lock: a frame may be in use, and its user may release another
    left.forEach(Surface::release);
  }
}
