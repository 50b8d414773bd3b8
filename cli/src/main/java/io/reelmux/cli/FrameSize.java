package io.reelmux.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame size.
 *
 * @param width in pixels
 * @param height in pixels
 */
record FrameSize(int width, int height) {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})[xX]([1-9]\\d{0,4})");

  /**
   * Parses a size such as {@code 1280x720}.
   *
   * @throws IllegalArgumentException if the text is not a size
   */
  static FrameSize parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size such as 1280x720");
    }
    return new FrameSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  /** {@code 1280x720}. */
  @Override
  public String toString() {
    return width + "x" + height;
  }
}
