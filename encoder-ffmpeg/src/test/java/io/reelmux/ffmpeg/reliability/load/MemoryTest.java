package io.reelmux.ffmpeg.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory stays bounded, with a heap of 64 MiB. */
class MemoryTest {

  @TempDir Path directory;

  private ChildReport run(Object... arguments) {
    return ChildReport.of(
        ChildJvm.of(MemoryTrials.class)
            .jvm(
                "-Xmx64m",
                "-Xms64m",
                "-XX:+AlwaysPreTouch",
                "-Dreelmux.natives=" + Reliability.license())
            .with(arguments),
        Duration.ofMinutes(Reliability.times(10, 60)));
  }

  @Test
  void longEncode_smallHeap_memoryStaysBounded() {
    // the muxer is the same in both FFmpeg builds
    int frames = Reliability.timesOnGpl(3000, 216_000);
    int width = Reliability.timesOnGpl(320, 1280);
    ChildReport report = run("long", directory, frames, width);
    assertThat(report.text("packets")).startsWith("[" + frames + ",");
    assertThat(report.number("owners")).isZero();
    // the index of the file grows, by some 64 bytes per packet
    assertThat(report.figure("growth")).as("MiB").isLessThan(Reliability.timesOnGpl(32, 64));
    assertThat(report.figure("heapGrowth")).as("KiB").isLessThan(4096);
    Reliability.record(
        "a long encode",
        "%d frames %dx%d at 30 per second with audio into one mp4, as fast as possible, heap of 64 MiB%s"
            .formatted(
                frames,
                width,
                width * 9 / 32 * 2,
                Reliability.isLongOnGpl() ? "" : "; the short form"),
        frames,
        "resident memory %+.1f KiB per 1000 frames after warm-up (%+.1f MiB in all), %d MiB at the end; heap %+.0f KiB; file handles %+d, threads %+d; all frames in the file"
            .formatted(
                report.figure("slope"),
                report.figure("growth"),
                report.number("resident") >> 10,
                report.figure("heapGrowth"),
                report.number("handles"),
                report.number("threads")));
  }

  @Test
  void silentStream_budgetUsedUp_isNamedAndCloseKeepsEverything() {
    int budget = Reliability.times(20, 256);
    ChildReport report = run("silent", directory, budget, 640);
    assertThat(report.text("message")).contains("audio 0").contains("end()");
    long accepted = report.number("frames");
    // the frame of the call that failed may be in the file as well; the silent stream is not
    assertThat(report.text("packets")).isIn("[" + accepted + "]", "[" + (accepted + 1) + "]");
    assertThat(report.number("owners")).isZero();
    assertThat(report.number("peakWaiting") >> 10).isLessThan(budget + 300L);
    Reliability.record(
        "one stream fed, another silent",
        "noise into the video stream until the budget of %d MiB is used up, heap of 64 MiB"
            .formatted(budget),
        report.number("frames"),
        "an error that names audio 0 and end(); resident memory at most %d MiB; close() wrote every frame accepted, %.0f MiB"
            .formatted(report.number("peakWaiting") >> 10, report.figure("mib")));
  }

  @Test
  void manyEncoders_openAtOnce_allWork() {
    int count = 200;
    ChildReport report = run("many", directory, count);
    assertThat(report.number("readable")).isEqualTo(count);
    assertThat(report.number("owners")).isZero();
    Reliability.record(
        "many encoders open at once",
        "200 encoders of 640x360 with audio, fed in turn, heap of 64 MiB",
        count,
        "all %d files complete; resident memory %d MiB, far above JavaCPP's limit of 256"
            .formatted(count, report.number("resident") >> 10));
  }
}
