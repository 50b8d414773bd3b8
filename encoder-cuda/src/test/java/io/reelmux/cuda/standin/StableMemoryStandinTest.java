package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encoding allocates nothing through JavaCPP, and little Java memory. */
@RequiresStandin
class StableMemoryStandinTest {

  /** Java memory per frame in bytes; measured: 620 for device memory, 316 for host memory. */
  private static final long MAX_BYTES_PER_FRAME = 2_000;

  /** Growth of the process over 500 frames; leaking a surface per frame would be 9 MiB. */
  private static final long MAX_GROWTH = 4 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Footage.Source.class,
      names = {"DEVICE_RGB24", "HOST_RGB24"})
  void fiveHundredFrames_useTheMemoryOfOne(Footage.Source source) throws IOException {
    Map<String, Long> figures = run(source.name());

    System.out.println(source + " " + figures);
    assertThat(figures)
        .containsEntry("javacpp", 0L)
        .containsEntry("frames", 500L)
        .containsEntry("owners", 0L);
    assertThat(figures.get("bytesPerFrame")).isBetween(1L, MAX_BYTES_PER_FRAME);
    assertThat(figures.get("growth")).isLessThan(MAX_GROWTH);
  }

  /** In a JVM with a heap of 64 MiB: JavaCPP gives up where a process has four times that. */
  private Map<String, Long> run(String source) throws IOException {
    List<String> lines =
        ChildJvm.of(StableMemoryMain.class)
            .jvm("-Xmx64m", "-Dreelmux.native=" + privateStandin())
            .with(source)
            .run(Duration.ofMinutes(2))
            .lines();
    Map<String, Long> figures = new HashMap<>();
    for (String line : lines) {
      if (line.matches("[a-zA-Z]+=-?[0-9]+")) {
        String[] pair = line.split("=");
        figures.put(pair[0], Long.parseLong(pair[1]));
      }
    }
    return figures;
  }

  /** A copy, because the one in this JVM has its own journal and settings. */
  private Path privateStandin() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("native"));
    try (var files = Files.list(Standin.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().contains(".so")) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    return copy;
  }
}
