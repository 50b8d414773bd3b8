package io.reelmux.ffmpeg.internal.container;

import io.reelmux.spi.Destination;

/** The operations that a destination supports, apart from writing. */
public enum Access {
  /** Appends only. */
  APPEND,

  /** Seeks, but cannot be read. */
  SEEK,

  /** Seeks and can be read. */
  SEEK_AND_READ;

  /** Returns what a destination supports. */
  public static Access of(Destination destination) {
    if (!destination.seekable()) {
      return APPEND;
    }
    return destination.readable() ? SEEK_AND_READ : SEEK;
  }

  /** Returns whether the destination seeks. */
  public boolean seekable() {
    return this != APPEND;
  }
}
