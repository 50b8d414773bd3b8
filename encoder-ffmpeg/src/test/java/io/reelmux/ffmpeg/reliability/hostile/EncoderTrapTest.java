package io.reelmux.ffmpeg.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Input that would crash or hang individual encoders if it reached them. */
class EncoderTrapTest {
  private static final Pattern COUNT = Pattern.compile("tried (\\d+)");

  @Test
  @EnabledOnOs(OS.LINUX)
  void encode_inputThatKillsEncoders_isRefusedOrHarmless() {
    boolean longRun = Reliability.isLongRun();

    ChildJvm.Result result =
        ChildJvm.of(EncoderTrapMain.class)
            .environment("SVT_LOG", "0")
            // some encoders write past their memory, which only a checked heap reveals
            .environment("MALLOC_CHECK_", "3")
            .environment("LD_PRELOAD", "libc_malloc_debug.so.0")
            .jvm("-XX:ErrorFile=/dev/null")
            .with(longRun ? "all" : "known")
            .run(Duration.ofMinutes(longRun ? 20 : 10));

    // the last printed line is the failing case
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Matcher count = COUNT.matcher(result.out());
    assertThat(count.find()).isTrue();
    Reliability.record(
        "input that kills individual encoders",
        (longRun ? "every video encoder of the build" : "seven encoders")
            + " at sizes from 1 to 130, options that contradict the frames, NaN, infinity and"
            + " samples up to 3e38; in a child JVM",
        Long.parseLong(count.group(1)),
        "refused or encoded; no crash, no hang");
  }
}
