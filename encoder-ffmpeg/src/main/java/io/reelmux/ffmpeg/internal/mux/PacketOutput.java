package io.reelmux.ffmpeg.internal.mux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Receives the packets of all streams in order of decoding time. */
@FunctionalInterface
public interface PacketOutput {

  /**
   * Called once, before the first packet.
   *
   * @param firsts the times of the first packet of each stream, in the encoder's time base; none of
   *     a stream that has ended without packets
   * @throws IOException if the output cannot be written
   */
  default void begin(List<Optional<PacketTimes>> firsts) throws IOException {}

  /**
   * Receives a packet.
   *
   * @param stream number of the stream
   * @param packet times in the encoder's time base; the payload may be moved out
   * @throws IOException if it cannot be written
   */
  void write(int stream, AVPacket packet) throws IOException;

  /**
   * Called once for each stream that ends before the others, after its last packet.
   *
   * @param stream number of the stream
   * @throws IOException if the output cannot be written
   */
  default void end(int stream) throws IOException {}
}
