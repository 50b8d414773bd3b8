package io.reelmux.reader.ffmpeg.internal.video;

/**
 * What is made of decoded frames of one kind.
 *
 * @param region the part that is shown, as decoded
 * @param width pixels of what is made of it, before it is turned
 * @param height pixels of what is made of it, before it is turned
 * @param turn how it is turned
 */
record Placed(Area region, int width, int height, Turn turn) {

  /** Whether the part is scaled. */
  boolean scaled() {
    return width != region.width() || height != region.height();
  }
}
