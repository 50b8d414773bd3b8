package io.reelmux.ffmpeg.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every test that docs/pains.md and docs/features.md name exists. */
class TestedPagesTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final List<Path> SOURCES =
      Stream.of(
              "encoder-ffmpeg",
              "encoder-api",
              "encoder-cuda",
              "encoder-adapters",
              "encoder-spark",
              "reader-api",
              "reader-ffmpeg",
              "cli",
              "examples",
              "demos")
          .map(module -> Path.of("..", module, "src", "test", "java"))
          .toList();
  private static final Pattern NAME =
      Pattern.compile("`((?:[a-z]+\\.)*)([A-Z]\\w*(?:Test|Extension))(?:#(\\w+))?`");

  @ParameterizedTest
  @ValueSource(strings = {"pains.md", "features.md"})
  void page_everyNamedTest_exists(String page) throws IOException {
    List<MatchResult> names = NAME.matcher(Files.readString(DOCS.resolve(page))).results().toList();

    assertThat(names).hasSizeGreaterThan(60);
    for (MatchResult name : names) {
      String packages = name.group(1).replaceFirst("^reliability\\.", "ffmpeg.reliability.");
      Path file = Path.of("io/reelmux/" + packages.replace('.', '/') + name.group(2) + ".java");
      List<Path> found =
          SOURCES.stream().map(root -> root.resolve(file)).filter(Files::exists).toList();
      assertThat(found).as(name.group()).hasSize(1);
      if (name.group(3) != null) {
        assertThat(Files.readString(found.get(0)))
            .as(name.group())
            .contains("void " + name.group(3) + "(");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pains.md", "features.md"})
  void page_everyRow_namesATestOrExplainsWhyNot(String page) throws IOException {
    List<String> rows =
        Files.readAllLines(DOCS.resolve(page)).stream()
            .filter(line -> line.startsWith("| "))
            .filter(
                line ->
                    !line.startsWith("| # |")
                        && !line.startsWith("|--:|")
                        && !line.startsWith("| fact |"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(45);
    assertThat(rows)
        .allMatch(
            row ->
                row.contains("not covered: ")
                    || row.contains("not done: ")
                    || row.contains("not applicable: ")
                    || NAME.matcher(row).results().anyMatch(name -> name.group(3) != null));
  }
}
