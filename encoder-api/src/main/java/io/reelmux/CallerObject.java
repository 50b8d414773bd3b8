package io.reelmux;

import java.io.IOException;
import java.lang.ref.WeakReference;

/**
 * A destination or listener of the caller's, as seen from what outlives a forgotten encoder:
 * natives and whoever frees them. Such an object may refer to its encoder; held strongly here, it
 * would keep that from ever being collected. The {@link Encoder} holds it strongly.
 *
 * @param <T> what it is
 */
final class CallerObject<T> {
  private final WeakReference<T> reference;

  CallerObject(T object) {
    reference = new WeakReference<>(object);
  }

  /** The object, as long as somebody still has the encoder. */
  T get() throws IOException {
    T object = reference.get();
    if (object == null) {
      throw new IOException("the encoder was never closed, and is gone");
    }
    return object;
  }
}
