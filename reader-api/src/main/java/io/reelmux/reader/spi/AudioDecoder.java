package io.reelmux.reader.spi;

import io.reelmux.ChannelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.reader.ReadReport;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Decodes the samples of one audio stream into Java memory. Sample 0 is the first that is heard, or
 * the first of all if priming is kept.
 */
public interface AudioDecoder {

  /** {@return samples per second and channel, after resampling} */
  int sampleRate();

  /** {@return the channels, after mixing} */
  ChannelLayout channels();

  /** {@return the layout of the samples} */
  SampleLayout layout();

  /**
   * Returns when sample 0 is heard.
   *
   * @return the time on the file's timeline, in nanoseconds
   * @throws IOException if the library or the source fails
   */
  long startNanos() throws IOException;

  /**
   * Returns the number of samples, exactly. The first call may scan or decode the stream.
   *
   * @return the number of samples per channel
   * @throws IOException if the library or the source fails
   */
  long sampleCount() throws IOException;

  /**
   * Decodes samples. The same samples are returned whatever was decoded before, so that parts of a
   * stream tile; only where a codec's decoder draws random numbers, or never forgets, may values
   * differ after a jump, as {@link io.reelmux.reader.AudioReader} says.
   *
   * @param from the number of the first sample, from 0
   * @param count the number of samples wanted, positive
   * @param target receives interleaved samples, or for planar layouts {@code count} values of each
   *     channel one after another, little-endian, from its position on, which does not change; has
   *     at least as many bytes as {@code count} samples require
   * @return the number of samples returned: fewer than {@code count}, or 0, only at the end; planes
   *     are then still {@code count} values apart
   * @throws io.reelmux.reader.DamagedFrameException if samples are damaged and must not be
   *     returned; the decoder remains usable
   * @throws IOException if the library or the source fails
   */
  int read(long from, int count, ByteBuffer target) throws IOException;

  /** {@return what decoding has met so far} */
  ReadReport report();

  /** Frees everything. Never throws; a second call does nothing. */
  void release();
}
