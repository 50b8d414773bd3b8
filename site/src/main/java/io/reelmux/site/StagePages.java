package io.reelmux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the folder from which the site is built, target/pages: the pages below docs, the pages and
 * sources that they lead to, and the Javadoc. It runs in the folder of this module.
 */
public final class StagePages {
  private static final Pattern FENCE = Pattern.compile("(?m)^ *```[\\s\\S]*?^ *```$");

  /** A link, whose text may have code, or else code, in which nothing is a link. */
  private static final Pattern LINK_OR_CODE =
      Pattern.compile("(!?)\\[((?:`[^`]*`|[^]\\[`])*)\\]\\(([^()\\s]+)\\)|`[^`\\n]+`");

  private final Path root;
  private final Path target;
  private final SitePaths paths;
  private final Set<Path> found = new HashSet<>();
  private final Deque<Path> waiting = new ArrayDeque<>();

  /** Takes the root of the repository and the folder to write. */
  StagePages(Path root, Path target) {
    this.root = root.toAbsolutePath().normalize();
    this.target = target;
    this.paths = new SitePaths(this.root);
  }

  /**
   * Runs the program.
   *
   * @param args none
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path target = Path.of("target", "pages");
    deleteAll(target);
    new StagePages(Path.of(".."), target).write();
    Path assets = Files.createDirectories(target.resolve("public"));
    Files.copy(Path.of("icon.svg"), assets.resolve("icon.svg"));
    Javadoc.write(new Documentation(Path.of("..")), assets.resolve("javadoc"));
  }

  /** Writes the pages. */
  void write() throws IOException {
    Path first = root.resolve("site/home.md");
    new Documentation(root)
        .pageFiles().stream().filter(page -> !page.equals(first)).forEach(this::add);
    for (String name :
        List.of("CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md", "demos/README.md")) {
      add(root.resolve(name));
    }
    while (!waiting.isEmpty()) {
      Path file = waiting.remove();
      String text = file.toString().endsWith(".md") ? page(file) : source(file);
      Path page = target.resolve(paths.page(file));
      Files.createDirectories(page.getParent());
      Files.writeString(page, text);
    }
    String home = Files.readString(first);
    Files.writeString(target.resolve("index.md"), home.replace("](../docs/", "](./"));
  }

  private void add(Path file) {
    if (found.add(file)) {
      waiting.add(file);
    }
  }

  private String page(Path file) throws IOException {
    String text = Files.readString(file);
    StringBuilder page = new StringBuilder();
    int from = 0;
    Matcher code = FENCE.matcher(text);
    while (code.find()) {
      page.append(linked(file, text.substring(from, code.start()))).append(code.group());
      from = code.end();
    }
    return page.append(linked(file, text.substring(from))).toString();
  }

  private String linked(Path file, String text) throws IOException {
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (MatchResult link : LINK_OR_CODE.matcher(text).results().toList()) {
      result.append(text, from, link.start()).append(link(file, link));
      from = link.end();
    }
    return result.append(text.substring(from)).toString();
  }

  private String link(Path file, MatchResult link) throws IOException {
    String target = link.group(3);
    if (target == null || target.startsWith("#") || target.matches("[a-z]+:.*")) {
      return link.group();
    }
    String[] parts = target.split("#", 2);
    Path to = file.resolveSibling(parts[0]).normalize();
    if (!link.group(1).isEmpty()) {
      return image(file, to, link);
    }
    String address = paths.address(to).orElse("");
    if (address.isEmpty()) {
      return link.group(2);
    }
    add(Files.isDirectory(to) ? to.resolve("README.md") : to);
    return "[%s](%s%s)".formatted(link.group(2), address, parts.length > 1 ? "#" + parts[1] : "");
  }

  private String image(Path file, Path image, MatchResult link) throws IOException {
    if (image.toString().endsWith(".svg")) {
      // within the page, so that it has the page's colors
      String svg = Files.readString(image).replaceAll("(?s)<style>.*?</style>\n?", "");
      return "<div class=\"plot\" v-pre>\n" + svg.strip() + "\n</div>\n";
    }
    Path page = target.resolve(paths.page(file));
    Path copy = page.resolveSibling(link.group(3)).normalize();
    Files.createDirectories(copy.getParent());
    if (!Files.exists(copy)) {
      Files.copy(image, copy);
    }
    return link.group();
  }

  private String source(Path file) throws IOException {
    String name = root.relativize(file).toString().replace('\\', '/');
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String language = Set.of("java", "sh", "html").contains(extension) ? extension : "txt";
    return "---\nsearch: false\noutline: false\naside: false\n---\n\n# "
        + name.substring(name.lastIndexOf('/') + 1)
        + "\n\n`"
        + name
        + "`\n\n````"
        + language
        + "\n"
        + Files.readString(file).stripTrailing()
        + "\n````\n";
  }

  private static void deleteAll(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
