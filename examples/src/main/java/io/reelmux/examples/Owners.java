package io.reelmux.examples;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owners of native things, closed in reverse order. */
final class Owners implements NativeOwner {
  private final Deque<NativeOwner> owners = new ArrayDeque<>();

  /**
   * Takes an owner.
   *
   * @return the owner
   */
  <T extends NativeOwner> T add(T owner) {
    owners.push(owner);
    return owner;
  }

  @Override
  public void close() {
    owners.forEach(NativeOwner::close);
    owners.clear();
  }
}
