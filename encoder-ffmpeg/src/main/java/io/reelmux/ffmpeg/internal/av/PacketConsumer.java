package io.reelmux.ffmpeg.internal.av;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Receives packets as an encoder produces them. */
@FunctionalInterface
public interface PacketConsumer {

  /**
   * Receives a packet.
   *
   * @param packet times in the encoder's time base; the payload may be moved out
   * @throws IOException if it cannot be written
   */
  void accept(AVPacket packet) throws IOException;
}
