package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver without its encode library, as in a container without the video capability. */
@RequiresStandin
class NoEncodeLibraryStandinTest {

  /** Prefix of FFmpeg's log lines in our messages. */
  private static final String FFMPEG_LINE = "  [";

  @Test
  void open_encodeLibraryMissing_namesItAndLeavesNothing(@TempDir Path folder) {
    List<String> lines =
        ChildJvm.of(NoEncodeLibraryMain.class)
            .environment("NVSTANDIN_LOG", folder.resolve("journal").toString())
            .with(Standin.folder())
            .run(Duration.ofMinutes(2))
            .lines();

    String missing = "the NVIDIA driver's encode library (libnvidia-encode.so.1) is missing";
    assertThat(lines.stream().filter(line -> !line.startsWith(FFMPEG_LINE)))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("refused: ").contains(missing),
            line -> assertThat(line).isEqualTo("written: 0"),
            line -> assertThat(line).isEqualTo("owners: 0"),
            line -> assertThat(line).startsWith("reason: ").contains(missing));
  }
}
