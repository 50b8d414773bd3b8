package io.reelmux.ffmpeg.reliability.deployment;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Class paths with native libraries other than those of the tests. */
final class ClassPath {
  private static final List<String> ENTRIES =
      Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));

  private ClassPath() {}

  static boolean isFfmpegNativeLibraries(String entry) {
    return name(entry).matches("ffmpeg-.*-linux-.*\\.jar");
  }

  static boolean isJavacppNativeLibraries(String entry) {
    return name(entry).matches("javacpp-.*-linux-.*\\.jar");
  }

  static String without(Predicate<String> unwanted) {
    return ENTRIES.stream()
        .filter(unwanted.negate())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns class paths with the LGPL and the GPL libraries, in both orders. */
  static List<String> withBoth() {
    String one =
        ENTRIES.stream().filter(ClassPath::isFfmpegNativeLibraries).findFirst().orElseThrow();
    String other =
        one.endsWith("-gpl.jar")
            ? one.replace("-gpl.jar", ".jar")
            : one.replace(".jar", "-gpl.jar");
    String rest = without(ClassPath::isFfmpegNativeLibraries);
    return List.of(
        String.join(File.pathSeparator, one, other, rest),
        String.join(File.pathSeparator, other, one, rest));
  }

  private static String name(String entry) {
    Path file = Path.of(entry).getFileName();
    return file == null ? "" : file.toString();
  }
}
