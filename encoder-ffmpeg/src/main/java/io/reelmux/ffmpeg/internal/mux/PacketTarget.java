package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.TimeBase;
import java.io.IOException;
import java.util.List;

/**
 * The end of the pipeline: a container, or the caller's listener. One thread at a time uses it,
 * except for {@link #cancel} and {@link #size}.
 */
public interface PacketTarget extends PacketOutput, AutoCloseable {

  /** Starts the destination or listener, once everything has been checked. */
  default void start() throws IOException {}

  /** Returns the units in which it stores the streams' times; empty if it keeps the encoders'. */
  default List<TimeBase> timeBases() {
    return List.of();
  }

  /** Completes the output after the last packet. */
  default void finish() throws IOException {}

  /** Returns whether {@link #finish} can still complete the output, even after a failure. */
  default boolean canFinish() {
    return false;
  }

  /** Stops all writing. May be called from any thread. */
  default void cancel() {}

  /** Returns the bytes passed to the destination. May be called from any thread. */
  default long size() {
    return 0;
  }

  /**
   * Returns the names of the objects that it has left in a store, in the order of their first
   * commits; empty if it writes to none. May be called from any thread.
   */
  default List<String> files() {
    return List.of();
  }

  @Override
  default void close() {}
}
