package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files end in frames or in a {@code ReaderException}, never in a crash, a hang or a leak.
 * With {@code -Pstress} there are 10,080 with each build of the native libraries, and
 * docs/reader-fuzz.tsv is written.
 */
@RequiresFfmpegCli
@EnabledOnOs(OS.LINUX)
class FuzzTest {
  private static final boolean LONG = Boolean.getBoolean("reelmux.stress");
  private static final int FILES = LONG ? 560 : 306;
  private static final String NATIVES = System.getProperty("reelmux.natives", "gpl");
  private static final Path TABLE = Path.of("..", "docs", "reader-fuzz.tsv");

  /** The JVM's own memory and that of frames up to the limits that are set. */
  private static final long MAX_MIB = 400;

  @TempDir private static Path folder;

  @BeforeAll
  static void startTable() throws IOException {
    if (LONG && Files.notExists(TABLE)) {
      Files.writeString(
          TABLE,
          "natives\tseed\tfiles\topened\trefused\tfailed calls\tframes\tsamples\tpackets"
              + "\tlongest CPU s\tpeak MiB\tcrashes, hangs, leaks\n");
    }
  }

  /** All seeds in one JVM, which costs least, or one for each, for figures of each. */
  static Stream<Arguments> seeds() {
    return LONG
        ? Arrays.stream(Seed.values()).map(seed -> Arguments.of(seed.name(), List.of(seed)))
        : Stream.of(Arguments.of("all", List.of(Seed.values())));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void read_damagedFiles_endInFramesOrReaderException(String name, List<Seed> seeds)
      throws Exception {
    ChildJvm child =
        ChildJvm.of(FuzzMain.class)
            .jvm("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .jvm("-XX:ErrorFile=/dev/null")
            .with(1_000_000 * seeds.get(0).ordinal(), FILES);
    for (Seed seed : seeds) {
      child.with(seed.in(folder));
    }
    List<String> lines = child.run(Duration.ofMinutes(LONG ? 60 : 3)).lines();

    String[] read = lines.get(lines.size() - 1).split("\t");
    assertThat(read[0]).isEqualTo("read");
    assertThat(Integer.parseInt(read[1])).isEqualTo(FILES);
    assertThat(Integer.parseInt(read[2])).as("files that could be opened").isPositive();
    assertThat(Long.parseLong(read[9])).as("peak MiB").isLessThan(MAX_MIB);
    if (LONG) {
      String row = String.join("\t", List.of(read).subList(1, read.length));
      Files.writeString(
          TABLE, NATIVES + "\t" + name + "\t" + row + "\t0\n", StandardOpenOption.APPEND);
    }
  }
}
