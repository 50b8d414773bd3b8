package io.reelmux.demos.transcode.decode;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owners of native objects, closed in reverse order. */
public final class Owners implements NativeOwner {
  private final Deque<NativeOwner> owners = new ArrayDeque<>();

  /**
   * Adds an owner.
   *
   * @return the owner
   */
  public <T extends NativeOwner> T add(T owner) {
    owners.push(owner);
    return owner;
  }

  @Override
  public void close() {
    owners.forEach(NativeOwner::close);
    owners.clear();
  }
}
