package io.reelmux.reader.ffmpeg.internal.index;

import java.io.IOException;
import java.util.List;

/** Decodes parts of a stream, to find out what its packets give. */
public interface FrameProbe {

  /**
   * A frame that was decoded.
   *
   * @param ordinal that of its packet
   * @param pts when it is shown, in ticks, made to rise
   * @param duration how long it is shown; 0 if unknown
   * @param key whether the decoder says that it depends on no other
   */
  record Decoded(int ordinal, long pts, long duration, boolean key) {}

  /**
   * Decodes packets.
   *
   * @param from the ordinal of the first, a key packet
   * @param to the ordinal behind the last
   * @return the frames in the order in which they are shown; those that are hidden are missing
   * @throws IOException if the source fails
   */
  List<Decoded> decode(int from, int to) throws IOException;
}
