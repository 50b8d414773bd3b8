package io.reelmux.ffmpeg.reliability.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.ChildJvm;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.ffmpeg.reliability.loading.EncodeMain;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole way of the data under checks that a production JVM and allocator do not make. */
class CheckedJvmTest {

  @Test
  void encode_underCheckedJni_givesNoWarning() {
    int threads = Reliability.times(1, 8);

    ChildJvm.Result result =
        ChildJvm.of(EncodeMain.class)
            .jvm("-Xcheck:jni")
            .with(threads, "all")
            .run(Duration.ofMinutes(10));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("WARNING", "FATAL");
    Reliability.record(
        "JNI calls checked",
        "-Xcheck:jni; every layout, five containers, sound",
        threads,
        "no warning");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void encode_withGuardedAndPoisonedAllocations_works() {
    int threads = Reliability.times(1, 8);

    ChildJvm.Result result =
        ChildJvm.of(EncodeMain.class)
            .environment("MALLOC_CHECK_", "3")
            .environment("MALLOC_PERTURB_", "165")
            // without the library MALLOC_CHECK_ has no effect from glibc 2.34 on
            .environment("LD_PRELOAD", "libc_malloc_debug.so.0")
            .with(threads, "all")
            .run(Duration.ofMinutes(10));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Reliability.record(
        "heap checked and poisoned",
        "MALLOC_CHECK_=3, MALLOC_PERTURB_=165, libc_malloc_debug; every layout, five containers",
        threads,
        "no abort, all clips encoded");
  }
}
