package io.reelmux.ffmpeg.internal.video;

import java.nio.ByteBuffer;

/** Reads or changes rows of packed pixels that have been copied to our memory. */
interface RowPass {

  /**
   * Processes rows.
   *
   * @param pixels begins with the first of them
   * @param stride bytes from row to row
   * @param width pixels of a row
   * @param row number of the first row in the frame
   * @param rows number of rows
   */
  void apply(ByteBuffer pixels, int stride, int width, int row, int rows);

  /** Returns a pass that does nothing. */
  static RowPass none() {
    return (pixels, stride, width, row, rows) -> {};
  }

  /** Returns this pass followed by another. */
  default RowPass then(RowPass next) {
    return (pixels, stride, width, row, rows) -> {
      apply(pixels, stride, width, row, rows);
      next.apply(pixels, stride, width, row, rows);
    };
  }
}
