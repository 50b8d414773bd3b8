package io.reelmux;

/** How the lines of a frame belong to moments in time. */
public enum FieldOrder {
  /** All lines show the same moment. */
  PROGRESSIVE,
  /** Interlaced: the even lines, counted from 0 at the top, come first; most HD broadcasts. */
  TOP_FIRST,
  /** Interlaced: the odd lines come first; DV, and SD of 525 lines. */
  BOTTOM_FIRST;

  /** {@return whether a frame holds two fields} */
  public boolean isInterlaced() {
    return this != PROGRESSIVE;
  }
}
