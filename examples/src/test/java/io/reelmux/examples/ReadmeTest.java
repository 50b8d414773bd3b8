package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path EXAMPLES = Path.of("README.md");
  private static final Path SOURCES =
      Path.of("src", "main", "java", "io", "reelmux", "examples").normalize();

  @TempDir Path directory = Path.of("");

  @Test
  void readme_showsQuickstart() throws IOException {
    String source = Files.readString(SOURCES.resolve("Quickstart.java"));
    int main = source.indexOf("public static void main");
    int from = source.indexOf("{\n", main) + 2;
    int to = source.indexOf("\n  }\n", main);
    String body = source.substring(from, to).stripIndent();

    assertThat(Files.readString(README)).contains("```java run\n" + body + "\n```\n");
  }

  @Test
  void quickstart_writesVideoAndAudio() throws IOException {
    Path file = directory.resolve("out.mp4");

    Quickstart.main(new String[] {file.toString()});

    assertThat(StreamPlayer.streams(file))
        .containsExactly("video h264 640x360 30/1", "audio aac 48000 Hz 1 ch");
    StreamPlayer video = StreamPlayer.open(file, 0);
    assertThat(video.times()).hasSize(90);
  }

  @Test
  void examplesReadme_listsEveryProgramWithItsCommand() throws IOException {
    String readme = Files.readString(EXAMPLES);
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> programs = files.filter(ReadmeTest::isProgram).toList();
      assertThat(programs).hasSizeGreaterThanOrEqualTo(9);
      for (Path program : programs) {
        String name =
            SOURCES.relativize(program).toString().replace(".java", "").replaceAll("[/\\\\]", ".");
        assertThat(readme)
            .contains("](" + program.toString().replace('\\', '/') + ")")
            .containsPattern("-Dexample=" + Pattern.quote(name) + "[ `]");
      }
    }
  }

  @Test
  void programs_areShort() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path program : files.filter(ReadmeTest::isProgram).toList()) {
        List<String> lines = Files.readAllLines(program);
        // those with a command line of several arguments have more
        boolean explained = lines.stream().anyMatch(line -> line.contains("String HELP ="));
        assertThat(lines).as(program.toString()).hasSizeLessThan(explained ? 225 : 90);
      }
    }
  }

  @Test
  void gallery_everyStill_isShownWithItsCommandAndFile() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "gallery.md"));
    try (Stream<Path> files = Files.list(Path.of("..", "docs", "images", "gallery"))) {
      List<Path> stills = files.toList();
      assertThat(stills).hasSizeGreaterThanOrEqualTo(10);
      for (Path still : stills) {
        String name = still.getFileName().toString().replace(".png", "");
        assertThat(page).contains("](images/gallery/" + name + ".png)");
        if (Files.exists(SOURCES.resolve(name + ".java"))) {
          assertThat(page).contains("/" + name + ".java)").contains("-Dexample=" + name + " ");
        }
      }
    }
  }

  @Test
  void images_areSmall() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("images"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".png")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(40 * 1024));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "README.md", "../demos/README.md", "../docs/gallery.md"})
  void links_leadToFilesThatExist(String page) throws IOException {
    Path readme = Path.of(page);
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(readme));
    while (link.find()) {
      assertThat(readme.resolveSibling(link.group(1))).exists();
    }
  }

  private static boolean isProgram(Path file) {
    try {
      return file.toString().endsWith(".java")
          && Files.readString(file).contains("public static void main(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
