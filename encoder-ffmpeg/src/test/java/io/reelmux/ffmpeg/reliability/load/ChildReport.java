package io.reelmux.ffmpeg.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Figures that a child JVM prints as {@code name=value} lines and that the parent reads back. */
final class ChildReport {
  private final Map<String, String> values = new TreeMap<>();

  private ChildReport() {}

  static void print(String name, String value) {
    System.out.println(name + "=" + value);
  }

  static void print(String name, long value) {
    print(name, Long.toString(value));
  }

  static void print(String name, double value) {
    print(name, String.format(Locale.ROOT, "%.1f", value));
  }

  /** Runs a child JVM that must exit with 0. */
  static ChildReport of(ChildJvm child, Duration limit) {
    ChildReport report = new ChildReport();
    child.run(limit).lines().stream()
        .filter(line -> line.contains("="))
        .forEach(
            line -> {
              int at = line.indexOf('=');
              report.values.put(line.substring(0, at), line.substring(at + 1));
            });
    return report;
  }

  String text(String name) {
    assertThat(values).containsKey(name);
    return values.get(name);
  }

  long number(String name) {
    return Long.parseLong(text(name));
  }

  double figure(String name) {
    return Double.parseDouble(text(name));
  }
}
