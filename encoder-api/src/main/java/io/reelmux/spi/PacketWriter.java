package io.reelmux.spi;

import io.reelmux.Packet;
import java.io.IOException;

/** Writes the packets of one stream that is encoded already, of an {@link EncodingSession}. */
public interface PacketWriter {

  /**
   * Refuses a packet that cannot be written, before anything is touched.
   *
   * @param packet the next packet
   * @throws IllegalArgumentException if its times, payload or side data do not fit
   */
  void check(Packet packet);

  /**
   * Writes a packet.
   *
   * @param packet a packet that has been checked
   * @throws IOException if writing fails
   */
  void add(Packet packet) throws IOException;

  /**
   * Ends the stream; nothing more is added. Called at most once.
   *
   * @throws IOException if writing fails
   */
  void end() throws IOException;
}
