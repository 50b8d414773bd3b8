package io.reelmux.spi;

import io.reelmux.EncoderCatalog;
import java.io.IOException;

/**
 * An encoding library. Found by {@link java.util.ServiceLoader}. Implementations must be
 * thread-safe, and must not load native code before one of their methods is called.
 */
public interface EncoderBackend {

  /**
   * Returns the name of the backend.
   *
   * @return a short name for messages
   */
  String name();

  /**
   * Returns what this build and host can encode.
   *
   * @return the catalog
   * @throws IOException if the native library cannot be loaded
   */
  EncoderCatalog catalog() throws IOException;

  /**
   * Checks everything that {@link #open} checks, and touches no destination.
   *
   * @param request the streams and settings
   * @throws IllegalArgumentException if a setting is not supported; nothing is left behind
   * @throws IOException if the library fails; nothing is left behind
   */
  void check(SessionRequest request) throws IOException;

  /**
   * Checks everything, opens the encoders and starts the container. The destination's {@link
   * Destination#start} is called only after every check has passed.
   *
   * @param request the streams and settings
   * @return the open session, which the caller must release
   * @throws IllegalArgumentException if a setting is not supported; nothing is left behind
   * @throws IOException if the library or the destination fails; nothing is left behind
   */
  EncodingSession open(SessionRequest request) throws IOException;
}
