package io.reelmux.spi;

import io.reelmux.AudioSamples;
import java.io.IOException;

/** Encodes the samples of one audio stream of an {@link EncodingSession}. */
public interface AudioInput {

  /**
   * Refuses samples that cannot be encoded, before anything is touched.
   *
   * @param samples the next samples
   * @throws IllegalArgumentException if their time is out of range or before the end of those
   *     already added
   */
  void check(AudioSamples samples);

  /**
   * Encodes samples.
   *
   * @param samples samples that have been checked
   * @throws IOException if encoding or writing fails
   */
  void add(AudioSamples samples) throws IOException;

  /**
   * Encodes what the stream still holds; nothing more is added. Called at most once.
   *
   * @throws IOException if encoding or writing fails
   */
  void end() throws IOException;
}
