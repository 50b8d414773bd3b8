package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Without CUDA's runtime library everything works except frames in GPU memory. If that library is
 * installed it is hidden from the program; where this is not permitted the test is skipped.
 */
@RequiresStandin
class NoRuntimeStandinTest {

  /**
   * Runs a program with its own mounts, which replace each library a loader finds by an empty file.
   */
  private static final List<String> UNSHARE =
      List.of("unshare", "--user", "--map-root-user", "--mount");

  private static final String HIDE =
      """
      for library in $(ldconfig -p | sed -n 's/.*libcudart[.]so[.]13 .* => //p') \
          /usr/local/cuda/lib64/libcudart.so.13; do
        if [ -e "$library" ]; then mount --bind /dev/null "$(readlink -f "$library")"; fi
      done
      exec "$@"
      """;

  @Test
  void encode_runtimeCannotBeLoaded_refusesDeviceFramesAlone(@TempDir Path folder)
      throws InterruptedException {
    // JavaCPP keeps links to the libraries that it has found
    String freshCache = "-Dorg.bytedeco.javacpp.cachedir=" + folder;
    List<String> lines =
        ChildJvm.of(NoRuntimeMain.class)
            .under(hiding())
            .jvm(freshCache)
            .environment("NVSTANDIN_LOG", folder.resolve("journal").toString())
            .with(Standin.folder())
            .run(Duration.ofMinutes(2))
            .lines();

    assumeThat(lines).as("CUDA's runtime library is installed").isNotEqualTo(List.of("installed"));
    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "refused: frames in GPU memory cannot be encoded: CUDA's runtime"
                            + " library libcudart.so.13 is missing")
                    .contains("Install it"),
            line -> assertThat(line).isEqualTo("encoded: 2"),
            line ->
                assertThat(line)
                    .isEqualTo("device: CUDA device 0, memory known: false, encoders: 3"));
  }

  private static String[] hiding() throws InterruptedException {
    List<String> launcher = new ArrayList<>(UNSHARE);
    launcher.add("true");
    try {
      if (new ProcessBuilder(launcher).start().waitFor() != 0) {
        return new String[0];
      }
    } catch (IOException e) {
      return new String[0]; // no such program
    }
    launcher.remove("true");
    launcher.addAll(List.of("sh", "-c", HIDE, "sh"));
    return launcher.toArray(String[]::new);
  }
}
