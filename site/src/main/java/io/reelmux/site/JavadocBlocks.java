package io.reelmux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of code in the Javadoc comments of a source file. */
final class JavadocBlocks {
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile(
          "<pre>\\{@code\\n(.*?)\\n\\s*\\}</pre>|\\{@snippet\\s*:\\n(.*?)\\n\\s*\\}\\n",
          Pattern.DOTALL);

  private JavadocBlocks() {}

  /** Returns what preformatted code elements and snippets hold. */
  static List<CodeBlock> read(Path root, Path file) throws IOException {
    String source = Files.readString(file);
    List<CodeBlock> blocks = new ArrayList<>();
    for (MatchResult comment : COMMENT.matcher(source).results().toList()) {
      String text = comment.group().replaceAll("(?m)^ *\\* ?", "");
      for (MatchResult block : BLOCK.matcher(text).results().toList()) {
        int group = block.group(1) != null ? 1 : 2;
        // lines are not joined or dropped above, so that they can be counted
        int line = lines(source, comment.start()) + lines(text, block.start(group)) - 1;
        String code = block.group(group).stripIndent();
        String name = root.relativize(file).toString().replace('\\', '/');
        blocks.add(new CodeBlock(name, line, "java", code));
      }
    }
    return blocks;
  }

  private static int lines(String text, int end) {
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
