package io.reelmux.ffmpeg.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Damaged packets and headers never crash the process. */
class HostilePacketsTest {
  private static final Pattern COUNT = Pattern.compile("tried (\\d+) refused (\\d+) failed (\\d+)");
  private static final int SEED = 14;
  private static final int SECONDS = 4;

  @Test
  void packets_damagedInAnyWay_areRefusedOrWritten() throws IOException {
    ChildJvm.Result result =
        ChildJvm.of(HostilePacketsMain.class)
            .environment("SVT_LOG", "0")
            .jvm("-XX:ErrorFile=/dev/null")
            .with(SEED, SECONDS)
            .run(Duration.ofMinutes(3));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Matcher count = COUNT.matcher(result.out());
    assertThat(count.find()).isTrue();
    assertThat(Long.parseLong(count.group(1))).isGreaterThan(50);
    Reliability.record(
        "hostile packets",
        "damaged payloads, headers, times, sizes and side data of ten codecs, copied into eleven"
            + " containers; child JVM",
        Long.parseLong(count.group(1)),
        count.group(2) + " refusals, " + count.group(3) + " failures, no crash");
  }
}
