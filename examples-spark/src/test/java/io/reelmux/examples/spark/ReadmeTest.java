package io.reelmux.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path SOURCES =
      Path.of("src", "main", "java", "io", "reelmux", "examples", "spark");

  @Test
  void readme_listsEveryProgramWithItsCommand() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<Path> programs =
          files.filter(file -> !file.endsWith("package-info.java")).sorted().toList();
      assertThat(programs).hasSize(2);
      for (Path program : programs) {
        String name = program.getFileName().toString().replace(".java", "");
        assertThat(readme)
            .contains("](" + program.toString().replace('\\', '/') + ")")
            .contains("-DsparkExample=" + name + " ");
        assertThat(Files.readAllLines(program)).as(name).hasSizeLessThan(90);
      }
    }
  }
}
