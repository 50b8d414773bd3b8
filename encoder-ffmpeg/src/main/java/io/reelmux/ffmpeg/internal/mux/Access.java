package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.spi.Destination;

/** The operations that a destination supports, apart from writing. */
enum Access {
  APPEND,
  SEEK,
  SEEK_AND_READ;

  static Access of(Destination destination) {
    if (!destination.seekable()) {
      return APPEND;
    }
    return destination.readable() ? SEEK_AND_READ : SEEK;
  }

  boolean seekable() {
    return this != APPEND;
  }
}
