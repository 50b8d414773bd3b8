package io.reelmux.ffmpeg.reliability.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** swscale reads past the end of its input, so it must never receive the caller's memory. */
class PageEndTest {
  private static final Pattern COUNT = Pattern.compile("frames (\\d+) refused (\\d+)");

  @TempDir Path directory;

  @Test
  void convert_frameEndingAtPageBoundary_readsNothingBeyondIt() {
    // swscale and zimg are the same in both FFmpeg builds
    boolean longRun = Reliability.isLongOnGpl();

    ChildJvm.Result result =
        ChildJvm.of(PageEndMain.class)
            .with(directory, 1, 130, longRun ? 1 : 21)
            .run(Duration.ofMinutes(longRun ? 60 : 10));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Matcher count = COUNT.matcher(result.out());
    assertThat(count.find()).isTrue();
    assertThat(count.group(2)).as(result.err()).isEqualTo("0");
    Reliability.record(
        "frames that end at an unreadable page",
        "a mapped file with one page cut off, in a child JVM; all layouts, "
            + (longRun ? "every size from 1x1 to 130x130" : "sizes from 1x1 to 130x130 in steps")
            + ", tight and with a padded stride whose last row is cut, both byte orders",
        Long.parseLong(count.group(1)),
        "no crash; pixels equal to those from ordinary memory");
  }

  @Test
  void guard_readByNativeCode_endsTheProcess() {
    ChildJvm.Result result =
        ChildJvm.of(PageEndMain.class)
            .jvm("-XX:ErrorFile=/dev/null")
            .with(directory, 16, 16, 1, "beyond")
            .run(Duration.ofMinutes(1));

    assertThat(result.exit()).as(result.out() + result.err()).isNotZero();
    assertThat(result.out()).contains("frames", "SIGBUS");
  }
}
