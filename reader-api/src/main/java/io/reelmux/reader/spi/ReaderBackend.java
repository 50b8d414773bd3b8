package io.reelmux.reader.spi;

import java.io.IOException;

/**
 * A decoding library. Found by {@link java.util.ServiceLoader}. Implementations must be
 * thread-safe, and must not load native code before one of their methods is called.
 */
public interface ReaderBackend {

  /**
   * Returns the name of the backend.
   *
   * @return a short name for messages
   */
  String name();

  /**
   * Opens a file and reads its headers.
   *
   * @param request what is opened, and how
   * @return the open file, which the caller must release
   * @throws IllegalArgumentException if a setting is not supported; nothing is left behind
   * @throws IOException if the library or the source fails; nothing is left behind
   */
  MediaSession open(OpenRequest request) throws IOException;
}
