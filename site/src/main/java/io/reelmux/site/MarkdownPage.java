package io.reelmux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the build looks at in a page of Markdown: its code, its links, and what they can lead to.
 */
final class MarkdownPage {
  private static final Pattern FENCE = Pattern.compile("( *)(```+)(.*)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
  private static final Pattern HTML_ID = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern LINK = Pattern.compile("(?<=\\]\\()[^()\\s]+(?=\\))");
  private static final Pattern CODE = Pattern.compile("(`+)(?:(?!\\1).)*\\1");

  private final String source;
  private final List<CodeBlock> blocks = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final Set<String> anchors = new LinkedHashSet<>();
  private final Map<String, Integer> headings = new HashMap<>();

  /** The target of a link or an image, and the line that it is on. */
  record Link(String target, int line) {}

  private MarkdownPage(String source) {
    this.source = source;
  }

  /**
   * Reads a page.
   *
   * @param root the repository, to which the page's name is relative
   */
  static MarkdownPage read(Path root, Path file) throws IOException {
    return of(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
  }

  /** Takes a page apart that is in memory. */
  static MarkdownPage of(String source, String text) {
    MarkdownPage page = new MarkdownPage(source);
    List<String> lines = text.lines().toList();
    for (int n = 0; n < lines.size(); n++) {
      Matcher fence = FENCE.matcher(lines.get(n));
      if (fence.matches()) {
        n = page.addBlock(lines, n, fence);
      } else {
        page.addText(lines.get(n), n + 1);
      }
    }
    return page;
  }

  /** The blocks of code within fences. */
  List<CodeBlock> blocks() {
    return blocks;
  }

  /** The links and images outside code. */
  List<Link> links() {
    return links;
  }

  /** The names that a link to a part of this page can have behind its {@code #}. */
  Set<String> anchors() {
    return anchors;
  }

  private int addBlock(List<String> lines, int first, Matcher fence) {
    int last = first + 1;
    while (last < lines.size() && !lines.get(last).strip().equals(fence.group(2))) {
      last++;
    }
    String code = String.join("\n", lines.subList(first + 1, last));
    blocks.add(new CodeBlock(source, first + 2, fence.group(3), code.stripIndent()));
    return last;
  }

  private void addText(String line, int number) {
    Matcher heading = HEADING.matcher(line);
    if (heading.matches()) {
      anchors.add(unique(anchor(heading.group(1))));
    }
    HTML_ID.matcher(line).results().forEach(id -> anchors.add(id.group(1)));
    LINK.matcher(CODE.matcher(line).replaceAll("code"))
        .results()
        .forEach(link -> links.add(new Link(link.group(), number)));
  }

  private String unique(String anchor) {
    int earlier = headings.merge(anchor, 1, Integer::sum) - 1;
    return earlier == 0 ? anchor : anchor + "-" + earlier;
  }

  /** The anchor of a heading by GitHub's rule, which the site uses too. */
  static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }
}
