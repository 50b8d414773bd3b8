package io.reelmux.site;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles blocks of code of the documentation. What is no class becomes the body of a method of a
 * subclass of {@link Surroundings}, whose names it can use; a line that is only {@code ...} stands
 * for code that is left out.
 */
final class BlockCompiler {
  private static final String IMPORTS =
      List.of(
              "io.reelmux.*",
              "io.reelmux.Channel",
              "io.reelmux.cuda.*",
              "io.reelmux.cut.*",
              "io.reelmux.reader.*",
              "com.sun.net.httpserver.*",
              "java.awt.*",
              "java.awt.image.*",
              "java.io.*",
              "java.net.*",
              "java.nio.*",
              "java.nio.channels.*",
              "java.nio.file.*",
              "java.time.*",
              "java.util.*",
              "java.util.List",
              "java.util.concurrent.*",
              "java.util.stream.*",
              "javax.imageio.*",
              "javax.sound.sampled.AudioFormat",
              "javax.sound.sampled.AudioInputStream",
              "javax.sound.sampled.AudioSystem")
          .stream()
          .map(name -> "import " + name + ";")
          .collect(Collectors.joining(" "));

  private BlockCompiler() {}

  /** The name of the class that a block becomes. */
  static String className(int number) {
    return "io.reelmux.site.Block" + number;
  }

  /**
   * Compiles blocks.
   *
   * @param output the folder for the classes
   * @return the errors, each with the block's file and the line in it
   */
  static List<String> compile(List<CodeBlock> blocks, Path output) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-d",
              output.toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "-proc:none",
              "-nowarn",
              "-Xmaxerrs",
              "1000");
      List<JavaFileObject> sources = new ArrayList<>();
      for (int n = 0; n < blocks.size(); n++) {
        sources.add(new Source(blocks.get(n), n));
      }
      compiler.getTask(new StringWriter(), files, diagnostics, options, null, sources).call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(BlockCompiler::message)
        .toList();
  }

  private static String message(Diagnostic<? extends JavaFileObject> diagnostic) {
    String text = diagnostic.getMessage(Locale.ROOT).replace('\n', ' ');
    if (diagnostic.getSource() instanceof Source source) {
      long line = source.block.line() + diagnostic.getLineNumber() - Source.LINES_BEFORE - 1;
      return source.block.source() + ":" + line + ": " + text;
    }
    return text;
  }

  private static final class Source extends SimpleJavaFileObject {
    static final int LINES_BEFORE = 1;

    private final CodeBlock block;
    private final String text;

    Source(CodeBlock block, int number) {
      super(URI.create("string:///io/reelmux/site/Block" + number + ".java"), Kind.SOURCE);
      this.block = block;
      String code = block.code().replaceAll("(?m)^\\s*\\.\\.\\.$", "");
      String imports =
          code.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining(" "));
      code = code.replaceAll("(?m)^import .*$", "");
      String head = "package io.reelmux.site; " + IMPORTS + " " + imports + " class Block" + number;
      text =
          code.lines().anyMatch(line -> line.matches("(public )?(final )?class .*|static .*\\{"))
              ? head + " extends Surroundings {\n" + code + "\n}"
              : head
                  + " extends Surroundings { @Override void run(String[] args) throws Exception {\n"
                  + code
                  + "\n}}";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
