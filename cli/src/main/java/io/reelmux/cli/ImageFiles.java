package io.reelmux.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The images that the inputs of a command name: files, directories and patterns.
 *
 * @param files the images, in the order of their frames
 * @param notes what was left out, in sentences
 */
record ImageFiles(List<Path> files, List<String> notes) {
  private static final Pattern DIGITS = Pattern.compile("\\d+|\\D+");
  private static final Set<String> EXTENSIONS = Set.of(ImageIO.getReaderFileSuffixes());

  /**
   * Finds images.
   *
   * @param inputs files in the order of their frames; directories and patterns such as {@code
   *     frames/*.png} stand for the images in them, by name, where {@code 9.png} comes before
   *     {@code 10.png}
   */
  static ImageFiles find(List<String> inputs) throws IOException, CommandException {
    List<Path> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String input : inputs) {
      if (isPattern(input)) {
        files.addAll(matching(input));
        continue;
      }
      Path path = Path.of(input);
      if (Files.isDirectory(path)) {
        addImages(path, files, notes);
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new NoSuchFileException(input);
      }
    }
    return new ImageFiles(List.copyOf(files), List.copyOf(notes));
  }

  /** A file may have a name like a pattern. */
  private static boolean isPattern(String input) {
    try {
      return (input.contains("*") || input.contains("?")) && !Files.exists(Path.of(input));
    } catch (InvalidPathException e) {
      return true; // Windows allows neither in a name
    }
  }

  private static List<Path> matching(String pattern) throws IOException, CommandException {
    int slash = Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\'));
    String directory = slash < 0 ? "" : pattern.substring(0, slash + 1);
    if (directory.contains("*") || directory.contains("?")) {
      throw CommandException.refused(
          pattern + ": only the last part of a path may be a pattern",
          "a directory by its name, such as frames/*.png");
    }
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
    List<Path> found =
        list(Path.of(directory)).filter(file -> matcher.matches(file.getFileName())).toList();
    if (found.isEmpty()) {
      throw CommandException.refused(
          "no file matches " + pattern, "ls " + (directory.isEmpty() ? "." : directory));
    }
    return found;
  }

  private static void addImages(Path directory, List<Path> files, List<String> notes)
      throws IOException, CommandException {
    List<Path> all = list(directory).toList();
    List<Path> images = all.stream().filter(ImageFiles::isImage).toList();
    if (images.isEmpty()) {
      throw CommandException.refused(
          directory + " has no images", "a directory with PNG, JPEG, GIF, BMP or TIFF files");
    }
    if (images.size() < all.size()) {
      notes.add(
          directory + " has " + (all.size() - images.size()) + " other files, which were left out");
    }
    files.addAll(images);
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Returns the regular files of a directory, hidden ones left out. */
  private static Stream<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(
              file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(file -> file.getFileName().toString(), ImageFiles::compare))
          .toList()
          .stream();
    }
  }

  /** Compares names; digits that follow one another count as a number. */
  static int compare(String a, String b) {
    Matcher left = DIGITS.matcher(a);
    Matcher right = DIGITS.matcher(b);
    while (left.find()) {
      if (!right.find()) {
        return 1;
      }
      int order = comparePart(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
    return right.find() ? -1 : a.compareTo(b);
  }

  private static int comparePart(String a, String b) {
    boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }
}
