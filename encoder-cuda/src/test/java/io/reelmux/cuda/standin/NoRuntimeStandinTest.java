package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Without CUDA's runtime library all works but pictures in the memory of a board. Skipped where
 * that library is installed.
 */
@RequiresStandin
class NoRuntimeStandinTest {

  @Test
  void encode_runtimeCannotBeLoaded_refusesDeviceFramesAlone(@TempDir Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            NoRuntimeMain.class.getName(),
            Standin.folder().toString());
    program.environment().put("NVSTANDIN_LOG", folder.resolve("standin.log").toString());
    program.redirectError(ProcessBuilder.Redirect.INHERIT);

    Process process = program.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assumeThat(output).as("CUDA's runtime library is installed").isNotEqualTo("installed\n");
    assertThat(output.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "refused: pictures in the memory of a GPU cannot be taken: CUDA's runtime"
                            + " library libcudart.so.13 is missing")
                    .contains("Install it"),
            line -> assertThat(line).isEqualTo("encoded: 2"),
            line ->
                assertThat(line)
                    .isEqualTo("device: CUDA device 0, memory known: false, encoders: 3"));
  }
}
