package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver without its library for encoding, as in a container without the video capability. */
@RequiresStandin
class NoEncodeLibraryStandinTest {

  /** How the lines of FFmpeg's log begin in a message of ours. */
  private static final String FFMPEG_LINE = "  [";

  @Test
  void open_encodeLibraryMissing_namesItAndLeavesNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            NoEncodeLibraryMain.class.getName(),
            Standin.folder().toString());
    program.environment().put("NVSTANDIN_LOG", folder.resolve("standin.log").toString());
    program.redirectError(ProcessBuilder.Redirect.INHERIT);

    Process process = program.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    String missing = "the NVIDIA driver's encode library (libnvidia-encode.so.1) is missing";
    assertThat(output.lines().filter(line -> !line.startsWith(FFMPEG_LINE)))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("refused: ").contains(missing),
            line -> assertThat(line).isEqualTo("written: 0"),
            line -> assertThat(line).isEqualTo("owners: 0"),
            line -> assertThat(line).startsWith("why not: ").contains(missing));
  }
}
