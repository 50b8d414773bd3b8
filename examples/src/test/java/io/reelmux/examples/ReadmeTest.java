package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path PROGRAM =
      Path.of("src", "main", "java", "io", "reelmux", "examples", "ReadmeProgram.java");

  @TempDir Path directory = Path.of("");

  @Test
  void readme_showsTheProgram() throws IOException {
    String source = Files.readString(PROGRAM);
    int main = source.indexOf("public static void main");
    int from = source.indexOf("{\n", main) + 2;
    int to = source.indexOf("\n  }\n", main);
    String body = source.substring(from, to).stripIndent();

    assertThat(Files.readString(README)).contains("```java\n" + body + "\n```\n");
  }

  @Test
  void program_writesPictureAndSound() throws IOException {
    Path file = directory.resolve("out.mp4");

    ReadmeProgram.main(new String[] {file.toString()});

    assertThat(Decoder.streams(file))
        .containsExactly("video h264 640x360 30/1", "audio aac 48000 Hz 1 ch");
    try (Decoder video = Decoder.open(file, 0)) {
      assertThat(video.times()).hasSize(90);
    }
  }

  @Test
  void readme_linksToFilesThatExist() throws IOException {
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(README));
    while (link.find()) {
      assertThat(README.resolveSibling(link.group(1))).exists();
    }
  }
}
