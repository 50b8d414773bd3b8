package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are opened again and again leave nothing behind, whether their readers are closed,
 * canceled, fail or are forgotten. With {@code -Pstress} 20,000 times, and docs/reader-leaks.tsv is
 * written.
 */
@RequiresFfmpegCli
@EnabledOnOs(OS.LINUX)
class LeakTest {
  private static final boolean LONG = Boolean.getBoolean("reelmux.stress");
  private static final int TIMES = LONG ? 20_000 : 400;
  private static final Path TABLE = Path.of("..", "docs", "reader-leaks.tsv");

  /** The JVM's own memory still grows by some MiB after the first fifth of a short run. */
  private static final long MAX_KIB = 12 << 10;

  @TempDir private Path folder;

  @Test
  void opens_endedInEveryWay_leaveNothingBehind() throws Exception {
    ChildJvm child =
        ChildJvm.of(LeakMain.class)
            .jvm("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .with(TIMES);
    for (Seed seed :
        List.of(Seed.H264_AAC_MP4, Seed.H264_AAC_TS, Seed.VP9_OPUS_WEBM, Seed.GIF, Seed.MP3)) {
      child.with(seed.in(folder));
    }

    List<String> lines = child.run(Duration.ofMinutes(LONG ? 60 : 5)).lines();

    String row = lines.get(lines.size() - 1);
    String[] cells = row.split("\t");
    assertThat(Integer.parseInt(cells[0])).as("opens").isEqualTo(TIMES);
    assertThat(Long.parseLong(cells[1])).as("growth in KiB: " + lines).isLessThan(MAX_KIB);
    assertThat(Long.parseLong(cells[2])).as("file handles that were added").isLessThan(3);
    assertThat(cells[3]).as("open owners").isEqualTo("0");
    if (LONG) {
      Files.writeString(
          TABLE,
          "opens\tresident memory added after the first fifth, KiB\tfile handles added\topen"
              + " owners\n"
              + row
              + "\n");
    }
  }
}
