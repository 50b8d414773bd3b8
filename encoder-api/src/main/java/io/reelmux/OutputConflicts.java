package io.reelmux;

import io.reelmux.internal.RealPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** Refuses outputs that would write into each other. */
final class OutputConflicts {
  /** What a store may write with {@link SegmentNames#FLAT}; file systems may ignore case. */
  private static final Pattern FLAT_NAMES =
      Pattern.compile(
          "main\\.m3u8|manifest\\.mpd"
              + "|((video|audio)\\d+|media|file)(\\.m3u8|-init\\.\\w+|-\\d+(\\.\\d+)?\\.\\w+)",
          Pattern.CASE_INSENSITIVE);

  private OutputConflicts() {}

  /**
   * Checks two outputs.
   *
   * @throws IllegalArgumentException if they write to the same object, file or directory
   */
  static void refuse(Output first, Output second) {
    if (first.target() == second.target()) {
      refuseSame(first, second, first.target() instanceof Path ? "file" : "object");
    }
    if (first.target() instanceof Path a && second.target() instanceof Path b && isSameFile(a, b)) {
      refuseSame(first, second, "file");
    }
    if (first.target() instanceof DirectoryStore a
        && second.target() instanceof DirectoryStore b
        && RealPath.of(a.directory()).equals(RealPath.of(b.directory()))) {
      refuseSame(first, second, "directory; give each a directory of its own");
    }
    refuseInside(first, second);
    refuseInside(second, first);
  }

  private static void refuseSame(Output first, Output second, String what) {
    throw new IllegalArgumentException(
        "two outputs, '%s' and '%s', write to the same %s"
            .formatted(first.name(), second.name(), what));
  }

  private static void refuseInside(Output store, Output file) {
    if (!(store.target() instanceof DirectoryStore directory)
        || !(file.target() instanceof Path path)) {
      return;
    }
    Path root = RealPath.of(directory.directory());
    Path real = RealPath.of(path);
    boolean flat = store.segmentNames() == SegmentNames.FLAT;
    boolean conflicts =
        flat
            ? root.equals(real.getParent()) && FLAT_NAMES.matcher(name(real)).matches()
            : real.startsWith(root);
    if (conflicts) {
      throw new IllegalArgumentException(
          "output '%s' writes '%s' into the directory of output '%s', which may write a file of that name: write it to another directory"
              .formatted(file.name(), path, store.name()));
    }
  }

  private static boolean isSameFile(Path a, Path b) {
    try {
      // hard links too
      if (Files.exists(a) && Files.exists(b)) {
        return Files.isSameFile(a, b);
      }
    } catch (IOException e) {
      // opening it fails with a better message
    }
    return RealPath.of(a).equals(RealPath.of(b));
  }

  private static String name(Path path) {
    return Objects.toString(path.getFileName(), "");
  }
}
