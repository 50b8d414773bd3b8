package io.reelmux.reader;

/** How the pixels of a file become those of the layout that is asked for. */
public enum Conversion {
  /**
   * Every value is that of the color standard, rounded: no component is off by more than 1. The
   * default.
   */
  EXACT,
  /**
   * About three times faster, with the same matrix and range, but chroma samples are repeated
   * instead of interpolated: at edges of colors, components are off by up to 14 of 255.
   */
  FAST
}
