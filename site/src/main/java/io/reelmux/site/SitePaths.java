package io.reelmux.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files of the repository are on the site. Pages below docs are at its root, the README is
 * about.md, other pages are where they are in the repository, and other files, such as sources,
 * become pages below source.
 */
final class SitePaths {
  private final Path root;

  SitePaths(Path root) {
    this.root = root;
  }

  /** The address of a file or folder, or empty if the site has no page of it. */
  Optional<String> address(Path file) {
    if (Files.isDirectory(file)) {
      Path readme = file.resolve("README.md");
      return Files.exists(readme) ? address(readme) : Optional.empty();
    }
    if (!Files.isRegularFile(file) || !file.startsWith(root)) {
      return Optional.empty();
    }
    String page = page(file);
    String name = page.substring(0, page.length() - ".md".length());
    return Optional.of("/" + name.replaceFirst("(^|/)index$", "$1"));
  }

  /** The file of the page that a file of the repository becomes, relative to the site's pages. */
  String page(Path file) {
    String path = root.relativize(file).toString().replace('\\', '/');
    if (path.equals("README.md")) {
      return "about.md";
    }
    if (!path.endsWith(".md")) {
      // without its extension, at which web servers take it for such a file
      return "source/" + path.replaceFirst("\\.([^./]*)$", "-$1") + ".md";
    }
    return path.replaceFirst("^docs/", "").replaceFirst("(^|/)README\\.md$", "$1index.md");
  }
}
