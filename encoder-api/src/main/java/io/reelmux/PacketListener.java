package io.reelmux;

import java.io.IOException;
import java.util.List;

/**
 * Receives encoded packets as they are produced. Called on the thread that feeds or finishes the
 * encoder, one call at a time. An exception fails the encoder and is thrown from that thread's
 * call. The listener must not call the encoder, except for {@link Encoder#cancel()}, which
 * interrupts a running listener when called from another thread.
 */
@FunctionalInterface
public interface PacketListener {

  /**
   * Receives a packet, which may have no payload and carry side data only, such as the final header
   * of FLAC. The packets of a stream arrive in decoding order; streams are interleaved by decoding
   * time.
   *
   * @param packet the packet; may be kept
   * @throws IOException if the packet cannot be processed
   */
  void onPacket(Packet packet) throws IOException;

  /**
   * Returns whether key frames are to carry the codec's parameter sets, for transports without a
   * header. This concerns H.264 and HEVC, whose packets are in Annex B. The container does not
   * change. Called once, when the encoder is opened.
   *
   * @return false by default: parameter sets are in the packets only if there is no container, or
   *     one that stores none in its header
   */
  default boolean repeatsHeaders() {
    return false;
  }

  /**
   * Receives the streams: called once, after every check has passed and before the first packet.
   *
   * @param streams all streams, in the order of their index
   * @throws IOException if the streams cannot be processed
   */
  default void onStreams(List<PacketStreamInfo> streams) throws IOException {}
}
