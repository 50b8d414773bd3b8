package io.reelmux.internal;

import io.reelmux.spi.EncoderBackend;
import java.util.ServiceLoader;

/** Finds the backend. */
public final class Backends {

  private Backends() {}

  /**
   * Returns the first backend that is found.
   *
   * @throws IllegalStateException if there is none
   */
  public static EncoderBackend first() {
    return ServiceLoader.load(EncoderBackend.class, EncoderBackend.class.getClassLoader())
        .findFirst()
        .or(() -> ServiceLoader.load(EncoderBackend.class).findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no encoding backend was found: add io.reelmux:encoder-ffmpeg to the class"
                        + " path"));
  }
}
