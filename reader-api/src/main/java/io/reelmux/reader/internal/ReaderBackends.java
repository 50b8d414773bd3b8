package io.reelmux.reader.internal;

import io.reelmux.reader.spi.ReaderBackend;
import java.util.ServiceLoader;

/** Finds the backend. */
public final class ReaderBackends {

  private ReaderBackends() {}

  /**
   * Returns the first backend that is found.
   *
   * @throws IllegalStateException if there is none
   */
  public static ReaderBackend first() {
    return ServiceLoader.load(ReaderBackend.class, ReaderBackend.class.getClassLoader())
        .findFirst()
        .or(() -> ServiceLoader.load(ReaderBackend.class).findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no reading backend was found: add io.reelmux:reader-ffmpeg to the class"
                        + " path"));
  }
}
