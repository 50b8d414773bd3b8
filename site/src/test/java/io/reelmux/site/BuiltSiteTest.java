package io.reelmux.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages that {@code site/build} has made, if it has. */
class BuiltSiteTest {
  private static final Path SITE = Path.of("target", "html").toAbsolutePath();
  private static final Pattern LINK = Pattern.compile(" (?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" (?:id|name)=\"([^\"]*)\"");

  private static final Map<Path, Set<String>> IDS = new HashMap<>();

  @BeforeAll
  static void isBuilt() {
    assumeTrue(Files.isDirectory(SITE), "the site is built by site/build");
  }

  @Test
  void links_ofAllPages_leadToFilesAndPartsOfThem() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = files(".html");
    for (Path page : pages) {
      for (String link : links(page)) {
        if (!leads(page, link)) {
          broken.add(SITE.relativize(page) + ": " + link);
        }
      }
    }

    assertThat(pages).hasSizeGreaterThan(200);
    assertThat(broken).isEmpty();
  }

  @Test
  void pages_loadNothingFromOtherHosts() throws IOException {
    Pattern loaded =
        Pattern.compile(
            "(?:<(?:script|img|iframe|source)[^>]* src|<link[^>]* href)=\"(?:https?:)?//");
    Pattern css = Pattern.compile("(?:url\\(|@import )[\"']?(?:https?:)?//");

    assertThat(files(".html")).noneMatch(page -> loaded.matcher(read(page)).find());
    assertThat(files(".css")).isNotEmpty().noneMatch(sheet -> css.matcher(read(sheet)).find());
  }

  /** Without one, browsers ask the host for favicon.ico. */
  @Test
  void everyPage_namesTheIcon() throws IOException {
    assertThat(files(".html"))
        .allMatch(page -> links(page).stream().anyMatch(link -> link.endsWith("icon.svg")));
  }

  @Test
  void everyPage_isReachedFromTheSidebar_orALink() throws IOException {
    Set<Path> reached = new HashSet<>();
    for (Path page : files(".html")) {
      for (String link : links(page)) {
        if (!isOutside(link)) {
          reached.add(target(page, link.replaceFirst("#.*", "")));
        }
      }
    }

    assertThat(files(".html").stream().filter(page -> !page.startsWith(SITE.resolve("javadoc"))))
        .allMatch(page -> reached.contains(page) || page.endsWith("404.html"));
  }

  private static boolean leads(Path page, String link) {
    if (isOutside(link)) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = target(page, parts[0]);
    if (!Files.isRegularFile(target)) {
      return false;
    }
    return parts.length == 1
        || parts[1].isEmpty()
        || ids(target).contains(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
  }

  private static boolean isOutside(String link) {
    return link.matches("(https?|mailto|data|javascript):.*");
  }

  private static Path target(Path page, String link) {
    String path = URLDecoder.decode(link.replaceFirst("\\?.*", ""), StandardCharsets.UTF_8);
    Path target =
        path.isEmpty()
            ? page
            : path.startsWith("/") ? SITE.resolve(path.substring(1)) : page.resolveSibling(path);
    target = target.normalize();
    return Files.isDirectory(target) ? target.resolve("index.html") : target;
  }

  private static List<String> links(Path page) {
    return LINK.matcher(read(page)).results().map(link -> link.group(1)).toList();
  }

  private static Set<String> ids(Path page) {
    return IDS.computeIfAbsent(
        page,
        file -> {
          Set<String> ids = new HashSet<>();
          ID.matcher(read(file))
              .results()
              .forEach(id -> ids.add(id.group(1).replace("&lt;", "<").replace("&gt;", ">")));
          return ids;
        });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(SITE)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
