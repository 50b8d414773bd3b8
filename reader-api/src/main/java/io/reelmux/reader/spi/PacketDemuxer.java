package io.reelmux.reader.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the compressed packets of streams, in the order of the file. */
public interface PacketDemuxer {

  /**
   * Reads the next packet.
   *
   * @return the packet; null at the end
   * @throws IOException if the library or the source fails
   */
  @Nullable DemuxedPacket next() throws IOException;

  /**
   * Positions {@link #next} at the last key frame of the first stream that is not after a time, or
   * at the start.
   *
   * @param time a time on the file's timeline
   * @throws IOException if the library or the source fails
   */
  void seek(Duration time) throws IOException;

  /**
   * Compares what has been read with what the header says.
   *
   * @return a sentence if {@link #next} has come to the end, and the file ends before its header
   *     says, or cannot be read to its end; otherwise empty
   */
  default Optional<String> cutOff() {
    return Optional.empty();
  }

  /** Frees everything. Never throws; a second call does nothing. */
  void release();
}
