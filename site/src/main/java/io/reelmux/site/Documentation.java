package io.reelmux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of the repository that document it. */
final class Documentation {
  /** The modules whose classes are for users, in the order of the documentation. */
  static final List<String> MODULES =
      List.of("encoder-api", "reader-api", "encoder-ffmpeg", "reader-ffmpeg", "encoder-cuda");

  private final Path root;

  /** Takes the root of the repository. */
  Documentation(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  /** The README, the first page of the site, and everything below docs. */
  List<MarkdownPage> pages() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path file : pageFiles()) {
      pages.add(MarkdownPage.read(root, file));
    }
    return pages;
  }

  /** The files of {@link #pages()}. */
  List<Path> pageFiles() throws IOException {
    List<Path> files =
        new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("site/home.md")));
    files.addAll(files(root.resolve("docs"), ".md"));
    return files;
  }

  /** The sources of the modules for users, without packages that they cannot use. */
  List<Path> publicSources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      for (Path file : files(root.resolve(module).resolve("src/main/java"), ".java")) {
        String name = file.toString().replace('\\', '/');
        if (!name.contains("/internal/") && !name.contains("/reelmux/ffmpeg/spi/")) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
