package io.reelmux.ffmpeg.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.media.Demuxer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cancellation from another thread, and interrupts. */
class CancelTest {

  @TempDir Path directory;

  @Test
  void cancel_inEverySituation_returnsAtOnce() {
    int trials = Reliability.times(2, 40);
    List<String> codecs =
        Reliability.license().equals("gpl")
            ? List.of("libx264", "libsvtav1", "libvpx-vp9")
            : List.of("libopenh264", "libsvtav1", "libvpx-vp9");
    List<Object> arguments = new ArrayList<>(codecs);
    arguments.add(0, trials);

    ChildReport report =
        ChildReport.of(
            ChildJvm.of(CancelTrials.class)
                .jvm("-Xmx512m")
                .environment("SVT_LOG", "0")
                .with(arguments.toArray()),
            Duration.ofMinutes(Reliability.times(10, 30)));

    List<String> figures = new ArrayList<>();
    List<String> situations = new ArrayList<>();
    for (String codec : codecs) {
      situations.addAll(List.of("held." + codec, "encoding." + codec, "opening." + codec));
    }
    situations.addAll(
        List.of(
            "blocked.SEMAPHORE",
            "blocked.PIPED_STREAM",
            "blocked.PIPE_CHANNEL",
            "blocked.CHANNEL"));
    for (String situation : situations) {
      double median = report.figure(situation + ".median");
      double max = report.figure(situation + ".max");
      // a busy machine may schedule a thread late; the child measures that delay as well
      assertThat(median).as(situation).isLessThan(50 + report.figure("jitter"));
      assertThat(max).as(situation).isLessThan(100 + report.figure("jitter"));
      figures.add("%s %.1f".formatted(situation.replace('.', ' '), max));
    }
    assertThat(report.figure("owners")).isZero();
    Reliability.record(
        "cancel() from another thread",
        "with 1280x720 frames held by the encoder, being encoded, while opening, and while a"
            + " write blocks",
        (long) trials * (3L * codecs.size() + 12),
        "longest cancel() in ms: " + String.join(", ", figures) + "; every thread ended");
  }

  @Test
  @Timeout(300)
  void addFrame_callerInterruptedContinuously_fileIsComplete() throws Exception {
    int files = Reliability.times(5, 200);
    for (int i = 0; i < files; i++) {
      Path file = directory.resolve("interrupted.mp4");
      AtomicBoolean done = new AtomicBoolean();
      Thread feeder = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                while (!done.get()) {
                  feeder.interrupt();
                  Thread.onSpinWait();
                }
              });
      interrupter.start();
      // on a busy machine the file could be complete before that thread runs at all
      while (!feeder.isInterrupted()) {
        Thread.onSpinWait();
      }
      try {
        encodeTwoSeconds(file);
      } finally {
        done.set(true);
        joinUninterruptibly(interrupter);
      }

      assertThat(Thread.interrupted()).isTrue();
      assertThat(Demuxer.countPackets(file)[0]).isEqualTo(50);
    }
    Reliability.record(
        "an interrupted caller",
        "another thread interrupts the feeding thread continuously, from open to close",
        files,
        "every file complete, the interrupt still set for the caller");
  }

  private static void encodeTwoSeconds(Path file) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(Clips.video().build());
      AudioStream audio = encoder.addAudio(Clips.audio());
      encoder.openFile(file);
      Clips.feed(video, audio, 50);
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
