package io.reelmux.ffmpeg.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders leave nothing behind, no matter how often or how they end. */
class LeakTest {

  @TempDir Path directory;

  /**
   * Disables the optimizing compiler. It runs at unpredictable times and uses some 17 MiB, which
   * stay with the allocator, so the slope would reflect when it ran.
   */
  private ChildReport run(String trial, int times) {
    return ChildReport.of(
        ChildJvm.of(LeakTrials.class)
            .jvm("-Xmx64m", "-Xms64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1")
            .with(trial, times, directory),
        Duration.ofMinutes(Reliability.times(10, 30)));
  }

  private static String flat(ChildReport report, int times) {
    assertThat(report.number("owners")).isZero();
    assertThat(report.number("handles")).as("handles").isLessThanOrEqualTo(1);
    assertThat(report.number("threads")).isLessThanOrEqualTo(1);
    // a short run is all warm-up; a long one grew by 1 MiB, code and symbols of the JVM
    assertThat(report.figure("growth")).as("MiB").isLessThan(Reliability.times(32, 8));
    return "resident memory %+.1f KiB per 1000 (%+.1f MiB over %d); file handles %+d, threads %+d, 0 owners"
        .formatted(
            report.figure("slope"),
            report.figure("growth"),
            times,
            report.number("handles"),
            report.number("threads"));
  }

  @Test
  void clips_openedAndClosed_leaveNothing() {
    int times = Reliability.times(200, 20_000);
    ChildReport report = run("closed", times);
    Reliability.record(
        "leaks: clips",
        "open, encode, close a small clip again and again",
        times,
        flat(report, times));
  }

  @Test
  void opens_refusedForEveryReason_leaveNothing() {
    int times = Reliability.times(20, 500);
    ChildReport report = run("refused", times);
    Reliability.record(
        "leaks: refused opens",
        "open() that must fail, for each of " + report.number("kinds") + " reasons in turn",
        times * report.number("kinds"),
        flat(report, times));
  }

  @Test
  void clips_canceled_leaveNothing() {
    int times = Reliability.times(100, 10_000);
    ChildReport report = run("canceled", times);
    assertThat(directory.resolve("leak.mp4")).doesNotExist();
    Reliability.record(
        "leaks: canceled clips", "open, encode, cancel, close", times, flat(report, times));
  }

  @Test
  void encoders_neverClosed_areFreedAndReported() {
    int times = Reliability.times(50, 1000);
    ChildReport report = run("abandoned", times);
    assertThat(report.number("owners")).isZero();
    assertThat(report.number("warnings")).isEqualTo(times);
    assertThat(report.number("origins")).isEqualTo(times);
    assertThat(report.number("finished")).isZero();
    Reliability.record(
        "encoders never closed",
        "opened, fed and dropped, then garbage collection",
        times,
        "all freed by the cleaner, each with a warning that shows where it was created; no file"
            + " completed");
  }

  @Test
  void clips_fromEightThreads_areCompleteAndLeaveNothing() {
    int times = Reliability.times(15, 500);
    ChildReport report = run("parallel", times);
    assertThat(report.number("complete")).isEqualTo(8L * times);
    assertThat(report.number("owners")).isZero();
    assertThat(report.number("threads")).isLessThanOrEqualTo(1);
    Reliability.record(
        "eight encoders at once, again and again",
        "8 threads, each encoding clip after clip",
        8L * times,
        "every file complete; 0 owners and 0 threads left");
  }
}
