package io.reelmux;

import io.reelmux.spi.EncoderBackend;
import java.util.ServiceLoader;

/** Finds the backend. */
final class Backends {

  private Backends() {}

  static EncoderBackend first() {
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
