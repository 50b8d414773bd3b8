package io.reelmux.site;

/** A part of a page that a program writes, between two comments. */
final class GeneratedPart {
  private GeneratedPart() {}

  /** Returns the page with a new text in its part of this name. */
  static String replace(String page, String name, String text) {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end of generated: " + name + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("the page has no part '" + name + "'");
    }
    return page.substring(0, from + begin.length()) + "\n" + text + "\n" + page.substring(to);
  }
}
