package io.reelmux.spi;

import io.reelmux.EncoderCatalog;
import java.io.IOException;

/**
 * A library that encodes. Found by {@link java.util.ServiceLoader}; must be thread-safe and must
 * not load native code before one of its methods is called.
 */
public interface EncoderBackend {

  /**
   * The backend's name.
   *
   * @return a short name for messages
   */
  String name();

  /**
   * What this build and host can encode.
   *
   * @return the catalog
   * @throws IOException if the native library cannot be loaded
   */
  EncoderCatalog catalog() throws IOException;

  /**
   * Checks everything, opens the encoders and starts the container. The destination's {@link
   * Destination#start} is called only after every check has passed.
   *
   * @param request streams and settings
   * @return the open session, which the caller must release
   * @throws IllegalArgumentException if a setting does not fit; nothing is left behind
   * @throws IOException if the library or the destination fails; nothing is left behind
   */
  EncodingSession open(SessionRequest request) throws IOException;
}
