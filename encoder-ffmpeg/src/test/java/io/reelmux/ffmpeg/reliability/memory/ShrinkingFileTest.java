package io.reelmux.ffmpeg.reliability.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapped file that shrinks would crash the process if native code read it. */
class ShrinkingFileTest {
  private static final Pattern COUNT = Pattern.compile("trials (\\d+)");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1, 1", "60, 3000"})
  void addFrame_mappedFileShrunk_failsAndKeepsWhatWasEncoded(int before, int beforeInLongRun) {
    int frames = Reliability.times(before, beforeInLongRun);

    ChildJvm.Result result =
        ChildJvm.of(ShrinkMain.class).with(directory, frames).run(Duration.ofMinutes(10));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Matcher count = COUNT.matcher(result.out());
    assertThat(count.find()).isTrue();
    Reliability.record(
        "a mapped file shrinks after " + frames + " frames",
        "truncated to nothing between two calls, in a child JVM; all pixel and sample layouts",
        Long.parseLong(count.group(1)),
        "InternalError from the call that reads it; close() completes the file with every packet"
            + " from before");
  }
}
