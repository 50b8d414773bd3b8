package io.reelmux.ffmpeg.internal.av;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The objects that native callbacks are for, by the number that FFmpeg hands back in {@code
 * opaque}. A JavaCPP callback class has ten native slots, and an eleventh instance is never called,
 * so there is one callback for all objects of a kind. Thread-safe.
 *
 * @param <T> the kind
 */
public final class CallbackTargets<T> {
  private final AtomicLong next = new AtomicLong(1);
  private final Map<Long, T> targets = new ConcurrentHashMap<>();

  /** No objects. */
  public CallbackTargets() {}

  /** The number of an object as a pointer that is never dereferenced. */
  public static final class Handle extends Pointer {
    private Handle(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  /** Returns a number for an object that does not exist yet. */
  public Handle newHandle() {
    return new Handle(next.getAndIncrement());
  }

  /** Callbacks with this number are for an object from now on. */
  public void register(Handle handle, T target) {
    targets.put(handle.address(), target);
  }

  /** Callbacks with this number are for no object anymore. */
  public void unregister(Handle handle) {
    targets.remove(handle.address());
  }

  /** Returns the object of a callback; null if it has been unregistered. */
  public @Nullable T find(@Nullable Pointer opaque) {
    return opaque == null ? null : targets.get(opaque.address());
  }
}
