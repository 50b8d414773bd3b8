package io.reelmux;

import java.io.IOException;
import java.util.List;

/** The caller's packet listener, wrapped so that {@code cancel()} can interrupt it. */
final class GuardedListener implements PacketListener {
  private final CallerCode code = new CallerCode("packet listener");
  private final CallerObject<PacketListener> listener;

  GuardedListener(PacketListener listener) {
    this.listener = new CallerObject<>(listener);
  }

  @Override
  public void onPacket(Packet packet) throws IOException {
    PacketListener target = listener.get();
    code.run(() -> target.onPacket(packet));
  }

  @Override
  public void onStreams(List<PacketStream> streams) throws IOException {
    PacketListener target = listener.get();
    code.run(() -> target.onStreams(streams));
  }

  /** Interrupts the thread that is inside, and admits no more. May be called from any thread. */
  void unblock() {
    code.giveUp();
  }
}
