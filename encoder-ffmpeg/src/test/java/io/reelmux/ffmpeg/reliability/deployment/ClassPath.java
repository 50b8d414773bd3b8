package io.reelmux.ffmpeg.reliability.deployment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

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

  /**
   * Returns a class path with a folder in place of FFmpeg's native libraries, which lacks some.
   *
   * @param folder receives all libraries whose name does not contain {@code lacking}
   */
  static String withoutLibrary(String lacking, Path folder) throws IOException {
    String jar =
        ENTRIES.stream().filter(ClassPath::isFfmpegNativeLibraries).findFirst().orElseThrow();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Path.of(jar)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!entry.isDirectory() && !entry.getName().contains(lacking)) {
          Files.createDirectories(file.getParent());
          Files.copy(in, file);
        }
      }
    }
    return folder + File.pathSeparator + without(ClassPath::isFfmpegNativeLibraries);
  }

  private static String name(String entry) {
    Path file = Path.of(entry).getFileName();
    return file == null ? "" : file.toString();
  }
}
