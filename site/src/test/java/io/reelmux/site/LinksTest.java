package io.reelmux.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages of the repository lead to files, and to headings, that exist. */
class LinksTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void links_ofAllPages_leadToFilesAndHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path file : pages()) {
      for (MarkdownPage.Link link : MarkdownPage.read(ROOT, file).links()) {
        links++;
        if (!leads(file, link.target())) {
          broken.add(ROOT.relativize(file) + ":" + link.line() + " " + link.target());
        }
      }
    }

    assertThat(links).isGreaterThan(200);
    assertThat(broken).isEmpty();
  }

  @Test
  void links_toOtherHosts_areFew() throws IOException {
    List<String> outside = new ArrayList<>();
    for (Path file : pages()) {
      MarkdownPage.read(ROOT, file).links().stream()
          .map(MarkdownPage.Link::target)
          .filter(target -> target.matches("[a-z]+:.*"))
          .forEach(outside::add);
    }

    assertThat(outside).as("they are not checked").hasSizeLessThan(20);
  }

  @Test
  void anchor_headings_followGitHubsRule() {
    assertThat(MarkdownPage.anchor("Rate, key frames & speed")).isEqualTo("rate-key-frames--speed");
    assertThat(MarkdownPage.anchor("`crf` of [x264](a.md)")).isEqualTo("crf-of-x264");
    assertThat(MarkdownPage.of("a.md", "# A b\n\n## A b\n").anchors())
        .containsExactly("a-b", "a-b-1");
  }

  @Test
  void links_inCode_areNone() {
    String text = "[a](b.md) `[c](d.md)`\n\n```md\n[e](f.md)\n```\n![`g`](h.svg)\n";

    assertThat(MarkdownPage.of("a.md", text).links())
        .extracting(MarkdownPage.Link::target)
        .containsExactly("b.md", "h.svg");
  }

  private static boolean leads(Path from, String target) throws IOException {
    if (target.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = target.split("#", 2);
    Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    if (parts.length == 1) {
      return Files.exists(to);
    }
    return Files.isRegularFile(to) && MarkdownPage.read(ROOT, to).anchors().contains(parts[1]);
  }

  /** Every page of the repository. */
  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 9)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("node_modules"))
          .filter(file -> !file.toString().contains("target"))
          .toList();
    }
  }
}
