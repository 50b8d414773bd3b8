package io.reelmux.internal;

import io.reelmux.spi.EncoderBackend;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the backend. */
public final class Backends {

  /** The backend beside this class, once it has been found: looking for it reads the class path. */
  private static volatile @Nullable EncoderBackend found;

  private Backends() {}

  /**
   * Returns the first backend that is found.
   *
   * @throws IllegalStateException if there is none
   */
  public static EncoderBackend first() {
    EncoderBackend known = found;
    if (known != null) {
      return known;
    }
    Optional<EncoderBackend> beside =
        ServiceLoader.load(EncoderBackend.class, EncoderBackend.class.getClassLoader()).findFirst();
    if (beside.isPresent()) {
      found = beside.get();
      return beside.get();
    }
    // one of the thread's class loader is not kept: it would keep the class loader alive
    Optional<EncoderBackend> other = ServiceLoader.load(EncoderBackend.class).findFirst();
    if (other.isEmpty()) {
      throw new IllegalStateException(
          "no encoding backend was found: add io.reelmux:encoder-ffmpeg to the class path");
    }
    return other.get();
  }
}
