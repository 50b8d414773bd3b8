package io.reelmux.ffmpeg.reliability.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Encoders that read the timestamps of a short stream from uninitialized memory. */
class ShortStreamTest {
  private static final Pattern COUNT = Pattern.compile("tried (\\d+)");

  @Test
  @EnabledOnOs(OS.LINUX)
  void encode_oneToFourFramesInPoisonedMemory_hasCorrectTimestamps() {
    ChildJvm.Result result =
        ChildJvm.of(ShortStreamMain.class)
            .environment("SVT_LOG", "0")
            .environment("MALLOC_PERTURB_", "165")
            .run(Duration.ofMinutes(5));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Matcher count = COUNT.matcher(result.out());
    assertThat(count.find()).isTrue();
    int tried = Integer.parseInt(count.group(1));
    assertThat(tried).isGreaterThan(40);
    Reliability.record(
        "timestamps from uninitialized memory of an encoder",
        "streams of one to four frames with every video encoder, MALLOC_PERTURB_=165; child JVM",
        tried,
        "every packet's dts rises and is not above its pts");
  }
}
