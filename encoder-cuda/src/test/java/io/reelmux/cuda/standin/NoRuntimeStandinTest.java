package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    List<String> lines = ChildProgram.run(folder, NoRuntimeMain.class);

    assumeThat(lines).as("CUDA's runtime library is installed").isNotEqualTo(List.of("installed"));
    assertThat(lines)
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
