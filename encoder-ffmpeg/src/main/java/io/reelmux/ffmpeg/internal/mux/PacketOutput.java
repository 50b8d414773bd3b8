package io.reelmux.ffmpeg.internal.mux;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Takes packets of all streams in the order of their decoding times. */
@FunctionalInterface
public interface PacketOutput {

  /**
   * Takes a packet.
   *
   * @param stream number of the stream
   * @param packet times in the encoder's time base; the payload may be moved out
   * @throws IOException if it cannot be written
   */
  void write(int stream, AVPacket packet) throws IOException;
}
