package io.reelmux.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program loads that encodes one video: a cold JVM spends most of its time until the first
 * frame on that. The benchmark's programs need Linux.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColdClassesTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  /** Those that remain are callbacks, which the design needs. */
  private static final int MAX_LAMBDAS = 100;

  private List<String> loaded;

  @BeforeAll
  void encode(@TempDir Path folder) throws Exception {
    Path frames = Files.write(folder.resolve("frames.rgb"), new byte[2 * 3 * WIDTH * HEIGHT]);
    Path log = folder.resolve("classes.log");
    Path video = folder.resolve("out.mp4");
    new ColdProcess(
            Path.of(System.getProperty("java.home")),
            System.getProperty("java.class.path"),
            ColdReelmux.class)
        .run(
            List.of("-Xlog:class+load:file=" + log + ":none"),
            List.of(
                frames.toString(),
                video.toString(),
                String.valueOf(WIDTH),
                String.valueOf(HEIGHT)));
    assertThat(FrameCount.of(video)).isEqualTo(2);
    loaded = Files.readAllLines(log).stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void fewLambdasAreLinked() {
    assertThat(loaded)
        .filteredOn(name -> name.startsWith("io.reelmux.") && name.contains("$$Lambda"))
        .isNotEmpty()
        .hasSizeLessThan(MAX_LAMBDAS);
  }

  @Test
  void recordsAreNotComparedByTheirOwnMethods() {
    assertThat(loaded).doesNotContain("java.lang.runtime.ObjectMethods");
  }

  @Test
  void whatIsKnownOfOtherEncodersAndFeaturesIsNotLoaded() {
    assertThat(loaded)
        .contains("io.reelmux.ffmpeg.internal.codec.X264")
        .doesNotContain(
            "io.reelmux.ffmpeg.internal.codec.X265",
            "io.reelmux.ffmpeg.internal.codec.SvtAv1",
            "io.reelmux.ffmpeg.internal.option.KnownFilters",
            "io.reelmux.ffmpeg.internal.av.GpuFailures",
            "io.reelmux.ffmpeg.internal.segment.HlsWriter",
            "io.reelmux.ffmpeg.internal.segment.DashWriter");
  }
}
