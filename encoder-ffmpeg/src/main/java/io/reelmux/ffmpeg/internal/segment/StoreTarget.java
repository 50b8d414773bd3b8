package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.ffmpeg.internal.mux.PacketTarget;
import java.io.IOException;
import java.util.List;

/** Writes packets to the objects of a store, which tells what has become of them. */
abstract class StoreTarget implements PacketTarget {
  private final GuardedStore store;
  private boolean finished;

  /**
   * Writes to a store.
   *
   * @param store is closed with this
   */
  StoreTarget(GuardedStore store) {
    this.store = store;
  }

  /** Returns the store. */
  final GuardedStore store() {
    return store;
  }

  /** Completes what has been begun; called once. */
  abstract void complete() throws IOException;

  @Override
  public final void finish() throws IOException {
    finished = true;
    complete();
  }

  @Override
  public final boolean canFinish() {
    return !finished && store.works();
  }

  @Override
  public final void cancel() {
    store.cancel();
  }

  @Override
  public final long size() {
    return store.bytes();
  }

  @Override
  public final List<String> files() {
    return store.names();
  }

  @Override
  public void close() {
    store.close();
  }
}
