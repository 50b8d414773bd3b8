package io.reelmux.ffmpeg.reliability.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.ffmpeg.reliability.deployment.EncodeMain;
import io.reelmux.ffmpeg.reliability.load.LeakTrials;
import io.reelmux.ffmpeg.reliability.load.MisuseTrials;
import io.reelmux.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Repeats other trials under checks that a production JVM and allocator do not perform. */
class CheckedJvmTest {
  private static final int THREADS = Reliability.times(1, 8);
  private static final int SEQUENCES = Reliability.times(100, 5000);
  private static final int CLIPS = Reliability.times(20, 1000);
  private static final String WHAT =
      "; every layout, five containers and audio from %d threads, %d random sequences of calls, %d clips closed and %d canceled"
          .formatted(THREADS, SEQUENCES, CLIPS, CLIPS);

  @TempDir Path directory;

  @Test
  void trials_underCheckedJni_giveNoWarning() {
    long trials = runAll(main -> ChildJvm.of(main).jvm("-Xcheck:jni").environment("SVT_LOG", "0"));

    Reliability.record("JNI calls checked", "-Xcheck:jni" + WHAT, trials, "no warning");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void trials_withGuardedAndPoisonedAllocations_work() {
    long trials =
        runAll(
            main ->
                ChildJvm.of(main)
                    .environment("SVT_LOG", "0")
                    .environment("MALLOC_CHECK_", "3")
                    .environment("MALLOC_PERTURB_", "165")
                    // since glibc 2.34, MALLOC_CHECK_ has no effect without this library
                    .environment("LD_PRELOAD", "libc_malloc_debug.so.0"));

    Reliability.record(
        "heap checked and poisoned",
        "MALLOC_CHECK_=3, MALLOC_PERTURB_=165, libc_malloc_debug" + WHAT,
        trials,
        "no abort; all trials passed");
  }

  /** Prepares a child JVM under a check. */
  @FunctionalInterface
  private interface Check {
    ChildJvm of(Class<?> main);
  }

  private long runAll(Check check) {
    run(() -> check.of(EncodeMain.class).with(THREADS, "all"));
    run(() -> check.of(MisuseTrials.class).jvm("-Xmx256m").with(1, SEQUENCES, directory));
    run(() -> check.of(LeakTrials.class).with("closed", CLIPS, directory));
    run(() -> check.of(LeakTrials.class).with("canceled", CLIPS, directory));
    return THREADS + SEQUENCES + 2L * CLIPS;
  }

  private static void run(Supplier<ChildJvm> child) {
    ChildJvm.Result result = child.get().run(Duration.ofMinutes(10));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("WARNING", "FATAL");
  }
}
