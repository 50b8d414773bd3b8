package io.reelmux;

import java.io.IOException;
import java.util.List;

/**
 * Takes encoded packets as they are made. Called on the thread that feeds or finishes the encoder,
 * one call at a time. An exception fails the encoder and comes out of that thread's call. The
 * listener must not call the encoder, but for {@link Encoder#cancel()}; called from another thread,
 * that interrupts a listener that is running.
 */
@FunctionalInterface
public interface PacketListener {

  /**
   * Takes a packet. Packets of one stream come in decoding order, all streams by decoding time.
   *
   * @param packet the packet; may be kept
   * @throws IOException if it cannot be taken
   */
  void onPacket(Packet packet) throws IOException;

  /**
   * Told once, after every check has passed and before the first packet.
   *
   * @param streams all streams in the order of their index
   * @throws IOException if they cannot be taken
   */
  default void onStreams(List<PacketStream> streams) throws IOException {}
}
