package io.reelmux.cuda.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed PTX is built from src/main/cuda, and four-year-old drivers can load it. */
class PtxTest {
  /** Other versions produce different code from the same source. */
  private static final String PINNED_NVCC = "V13.0.88";

  @Test
  void ptx_targetsOldDriversAndGpus() throws IOException {
    assertThat(committed().lines().limit(3))
        .containsExactly(".version 7.0", ".target sm_75", ".address_size 64");
  }

  @Test
  void ptx_containsTheLaunchedKernels() throws IOException {
    String[] functions =
        Arrays.stream(SourceKernel.values()).map(SourceKernel::function).toArray(String[]::new);

    assertThat(committed().lines().filter(line -> line.startsWith(".visible .entry ")))
        .map(line -> line.substring(".visible .entry ".length(), line.indexOf('(')))
        .containsExactlyInAnyOrder(functions);
  }

  @Test
  void ptx_revealsNothingAboutTheBuildMachine() throws IOException {
    assertThat(committed()).doesNotContain("//", "/*", ".file", ".loc");
  }

  @Test
  void ptx_builtAgain_isTheSame(@TempDir Path folder) throws Exception {
    Path nvcc = nvcc();
    String version = run(nvcc.toString(), "--version");
    Assumptions.assumeTrue(
        version.contains(PINNED_NVCC), "nvcc is not " + PINNED_NVCC + ": PTX not compared");
    Path rebuilt = folder.resolve("reelmux.ptx");

    run("env", "NVCC=" + nvcc, "sh", "src/main/cuda/build-ptx.sh", rebuilt.toString());

    assertThat(Files.readString(rebuilt))
        .as("run src/main/cuda/build-ptx.sh to rebuild the PTX")
        .isEqualTo(committed());
  }

  private static String committed() throws IOException {
    try (InputStream resource = FrameKernels.class.getResourceAsStream("reelmux.ptx")) {
      return new String(resource.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Path nvcc() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/local/cuda/bin";
    Optional<Path> found =
        Stream.of(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, "nvcc"))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "no nvcc: PTX not compared");
    return found.orElseThrow();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command[0], output).isZero();
    return output;
  }
}
