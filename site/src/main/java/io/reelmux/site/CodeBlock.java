package io.reelmux.site;

import java.util.Arrays;
import java.util.List;

/**
 * A block of code in the documentation.
 *
 * @param source the file that it is in, relative to the repository
 * @param line the line of its first line of code, from 1
 * @param info the words behind the fence's backquotes, such as {@code java run}
 * @param code the code, without indentation that all its lines share
 */
record CodeBlock(String source, int line, String info, String code) {

  /** The language, or an empty string. */
  String language() {
    return words().get(0);
  }

  /** Whether the fence has this word behind the language. */
  boolean has(String attribute) {
    return words().subList(1, words().size()).contains(attribute);
  }

  private List<String> words() {
    return Arrays.asList(info.strip().split("\\s+", -1));
  }

  @Override
  public String toString() {
    return source + ":" + line;
  }
}
