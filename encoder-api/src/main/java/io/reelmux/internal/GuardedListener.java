package io.reelmux.internal;

import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import java.io.IOException;
import java.util.List;

/** The caller's packet listener, wrapped so that {@code cancel()} can interrupt it. */
public final class GuardedListener implements PacketListener {
  private final InterruptibleCall call = new InterruptibleCall("packet listener");
  private final WeakCallerRef<PacketListener> listener;
  private final boolean repeatsHeaders;

  /** Refers weakly to the listener. */
  public GuardedListener(PacketListener listener) {
    this.listener = new WeakCallerRef<>(listener);
    this.repeatsHeaders = listener.repeatsHeaders();
  }

  @Override
  public void onPacket(Packet packet) throws IOException {
    PacketListener target = listener.get();
    call.run(() -> target.onPacket(packet));
  }

  @Override
  public void onStreams(List<PacketStreamInfo> streams) throws IOException {
    PacketListener target = listener.get();
    call.run(() -> target.onStreams(streams));
  }

  @Override
  public boolean repeatsHeaders() {
    return repeatsHeaders;
  }

  /** The calls of the caller's code. */
  InterruptibleCall call() {
    return call;
  }
}
