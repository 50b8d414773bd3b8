package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines of destinations that block for too long. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineTest {
  /** Long enough for writes that do not block, even on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final ScriptedOutput output = new ScriptedOutput();

  @BeforeEach
  void installScript() {
    FakeBackend.install();
  }

  @Test
  void write_interruptedAfterTheDeadline_fails() throws IOException {
    output.script.on("write", 2, Blocker.interruptible());
    try (Encoder encoder = Encoder.builder().deadline(SHORT).build()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(output, Fixtures.FORMAT);

      assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
          .isExactlyInstanceOf(InterruptedIOException.class)
          .hasMessage("the destination took longer than PT1S")
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(output).as("nothing more is written").hasToString("<");
  }

  @Test
  void write_succeedsAfterTheDeadline_stillFails() throws IOException {
    output.script.on(
        "write",
        2,
        () -> {
          while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
          }
        });
    try (Encoder encoder = Encoder.builder().deadline(SHORT).build()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(output, Fixtures.FORMAT);

      assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
          .isExactlyInstanceOf(InterruptedIOException.class)
          .hasNoCause();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(output).hasToString("<f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT2562047788015215H30M7S"})
  void write_withinTheDeadline_succeeds(String deadline) throws IOException {
    try (Encoder encoder = Encoder.builder().deadline(Duration.parse(deadline)).build()) {
      encoder.addVideo(Fixtures.VIDEO).options();
      encoder.openFileLike(output, Fixtures.FORMAT);
    }

    assertThat(output).hasToString("<>");
  }

  @Test
  void write_failsWithinTheDeadline_throwsTheSameException() throws IOException {
    IOException full = new IOException("disk full");
    output.script.fail("write", 2, full);
    try (Encoder encoder = Encoder.builder().deadline(Duration.ofMinutes(1)).build()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(output, Fixtures.FORMAT);

      assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(full);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void deadline_notPositive_throws(String deadline) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoder.builder().deadline(Duration.parse(deadline)))
        .withMessage("deadline " + deadline + ": must be positive");
  }
}
