package io.reelmux.ffmpeg.internal.mux;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Receives the packets of all streams in order of decoding time. */
@FunctionalInterface
public interface PacketOutput {

  /**
   * Receives a packet.
   *
   * @param stream number of the stream
   * @param packet times in the encoder's time base; the payload may be moved out
   * @throws IOException if it cannot be written
   */
  void write(int stream, AVPacket packet) throws IOException;
}
