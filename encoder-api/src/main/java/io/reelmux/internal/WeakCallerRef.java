package io.reelmux.internal;

import java.io.IOException;
import java.lang.ref.WeakReference;

/**
 * A weak reference to the caller's destination or listener, for what outlives an encoder that was
 * never closed: native memory and the thread that frees it. The caller's object may refer to its
 * encoder, and a strong reference here would keep both from being collected. The encoder itself
 * holds the object strongly.
 *
 * @param <T> the type of the object
 */
final class WeakCallerRef<T> {
  private final WeakReference<T> reference;

  WeakCallerRef(T object) {
    reference = new WeakReference<>(object);
  }

  /** Returns the object, as long as the encoder is reachable. */
  T get() throws IOException {
    T object = reference.get();
    if (object == null) {
      throw new IOException("the encoder was garbage-collected without having been closed");
    }
    return object;
  }
}
