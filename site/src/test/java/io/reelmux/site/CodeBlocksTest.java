package io.reelmux.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of Java in the README, below docs and in the public Javadoc compiles. Those that need
 * other libraries are not compiled here: {@code AdaptersPageTest} compiles its page, and {@code
 * ScalePageTest} the blocks for Spark.
 */
class CodeBlocksTest {
  private static final int MIN_RUN = 70;

  @TempDir Path directory = Path.of("");

  @Test
  void blocks_ofPagesAndJavadoc_compile() throws IOException {
    List<CodeBlock> blocks = all();

    assertThat(blocks).hasSizeGreaterThan(100);
    assertThat(BlockCompiler.compile(blocks, directory)).isEmpty();
  }

  @Test
  void blocks_markedAsRun_runAndWriteFilesThatOthersRead() throws IOException {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Path work = Files.createDirectory(directory.resolve("work"));
    List<CodeBlock> blocks = all().stream().filter(block -> block.has("run")).toList();
    assertThat(BlockCompiler.compile(blocks, classes)).isEmpty();

    List<String> lines =
        ChildJvm.of(BlockRunner.class)
            .in(work)
            .jvm("-Djava.awt.headless=true", "-Xmx512m")
            .classPath(classes + File.pathSeparator + System.getProperty("java.class.path"))
            .with(blocks.size())
            .run(Duration.ofMinutes(3))
            .lines();

    List<String> results = lines.stream().filter(line -> line.matches("block \\d+ .*")).toList();
    assertThat(blocks).hasSizeGreaterThan(MIN_RUN);
    assertThat(results).as("%s", lines).hasSameSizeAs(blocks);
    List<String> failed = new ArrayList<>();
    for (int n = 0; n < results.size(); n++) {
      if (!results.get(n).startsWith("block " + n + " ok")) {
        failed.add(blocks.get(n) + " " + results.get(n));
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void blocks_haveALanguage_andNoneIsExempt() throws IOException {
    for (MarkdownPage page : new Documentation(Path.of("..")).pages()) {
      assertThat(page.blocks()).allMatch(block -> block.info().matches("[a-z]+|java (run|spark)"));
    }
  }

  @Test
  void compile_mistakes_areFoundInTheirLines() throws IOException {
    CodeBlock wrongName = new CodeBlock("a.md", 10, "java", "int n = 1;\nencoder.openfile(null);");
    CodeBlock wrongType = new CodeBlock("b.md", 20, "java", "String s = width;");

    assertThat(BlockCompiler.compile(List.of(wrongName, wrongType), directory))
        .hasSize(2)
        .anyMatch(error -> error.startsWith("a.md:11: ") && error.contains("openfile"))
        .anyMatch(error -> error.startsWith("b.md:20: "));
  }

  /** All blocks of Java. */
  static List<CodeBlock> all() throws IOException {
    Documentation documentation = new Documentation(Path.of(".."));
    List<CodeBlock> blocks = new ArrayList<>();
    for (MarkdownPage page : documentation.pages()) {
      blocks.addAll(page.blocks());
    }
    for (Path source : documentation.publicSources()) {
      blocks.addAll(JavadocBlocks.read(documentation.root(), source));
    }
    blocks.removeIf(block -> !block.language().equals("java"));
    blocks.removeIf(block -> block.has("spark") || block.source().equals("docs/adapters.md"));
    return blocks;
  }
}
