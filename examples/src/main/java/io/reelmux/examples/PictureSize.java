package io.reelmux.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A size on the command line: {@code 1280x720}.
 *
 * @param width pixels
 * @param height pixels
 */
record PictureSize(int width, int height) {

  @Override
  public String toString() {
    return width + "x" + height;
  }

  /** Reads a size, for picocli. */
  static final class Converter implements ITypeConverter<PictureSize> {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

    @Override
    public PictureSize convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (!size.matches()) {
        throw new TypeConversionException("'" + text + "' is no size such as 1280x720");
      }
      return new PictureSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }
  }
}
