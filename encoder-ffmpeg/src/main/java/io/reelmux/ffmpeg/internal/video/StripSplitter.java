package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;

/** Splits packed R'G'B' into planes, a strip of rows at a time. */
interface StripSplitter extends AutoCloseable {

  /** A strip of packed pixels to fill; its height is the most rows that are split at once. */
  StagingFrame strip();

  /** The whole frame in planes. */
  StagingFrame planar();

  /**
   * Allocates new memory for the whole frame if a filter still holds the old; call it before the
   * first strip of a frame.
   */
  void makeWritable() throws EncoderException;

  /**
   * Splits the first rows of the strip; strips must come from top to bottom.
   *
   * @param row where the first of them belongs in the whole frame
   */
  void split(int row, int rows) throws EncoderException;

  @Override
  void close();
}
