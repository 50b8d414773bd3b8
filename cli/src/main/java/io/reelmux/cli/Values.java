package io.reelmux.cli;

import io.reelmux.Device;
import io.reelmux.FrameRate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of what is typed as the value of an option. */
final class Values {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");
  private static final Pattern RATE = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
  private static final Pattern BITS = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([kKmM]?)");

  private Values() {}

  private static <T> T convert(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /** Parses {@code 1280x720}. */
  static final class Size implements ITypeConverter<FrameSize> {
    @Override
    public FrameSize convert(String text) {
      return Values.convert(text, FrameSize::parse);
    }
  }

  /** Parses {@code 1:23.5}. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Values.convert(text, Times::parse);
    }
  }

  /** Parses {@code 30}, {@code 29.97} and {@code 30000/1001}. */
  static final class Rate implements ITypeConverter<FrameRate> {
    @Override
    public FrameRate convert(String text) {
      return Values.convert(text, Values::rate);
    }
  }

  private static FrameRate rate(String text) {
    Matcher ratio = RATE.matcher(text);
    if (ratio.matches()) {
      return FrameRate.of(Integer.parseInt(ratio.group(1)), Integer.parseInt(ratio.group(2)));
    }
    try {
      return FrameRate.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a frame rate such as 25, 29.97 or 30000/1001", e);
    }
  }

  /** Parses {@code 2500000}, {@code 2500k} and {@code 2.5M} bits per second. */
  static final class BitRate implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      Matcher bits = BITS.matcher(text);
      if (!bits.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is not a bit rate such as 2500k, 2.5M or 2500000");
      }
      int zeros =
          switch (bits.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 3;
            case "m" -> 6;
            default -> 0;
          };
      return new BigDecimal(bits.group(1)).scaleByPowerOfTen(zeros).longValue();
    }
  }

  /** Parses {@code cpu}, {@code cuda} and {@code cuda:1}. */
  static final class DeviceName implements ITypeConverter<Device> {
    @Override
    public Device convert(String text) {
      if (text.equals("cpu")) {
        return Device.cpu();
      }
      Matcher cuda = CUDA.matcher(text);
      if (!cuda.matches()) {
        throw new TypeConversionException("'" + text + "' is not a device: cpu, cuda or cuda:1");
      }
      return Device.cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }
  }
}
