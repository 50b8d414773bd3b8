package io.reelmux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Background;
import io.reelmux.Blocker;
import io.reelmux.FakeBackend;
import io.reelmux.Script;
import io.reelmux.spi.FileMetadata;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interleavings of calls that an {@code Encoder} cannot be made to show. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncoderCallsTest {
  private static final SessionRequest PACKETS =
      new SessionRequest(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new OutputEnds(null),
          FileMetadata.NONE,
          null,
          1 << 20,
          true,
          false);

  private final EncoderState state = new EncoderState();
  private final EncoderResources resources = new EncoderResources(state);

  /** Runs when {@code close()} has found that nothing is canceled and is about to take locks. */
  private volatile Runnable whileLocking = () -> {};

  private final EncoderCalls calls =
      new EncoderCalls(
          state,
          resources,
          () -> {
            whileLocking.run();
            return List.of();
          });

  @Test
  void close_cancelComesMeanwhile_waitsForTheReleaseInTheBackground() throws Exception {
    Script script = FakeBackend.install();
    Blocker releasing = Blocker.stubborn();
    script.on("release", releasing);
    open();
    whileLocking = this::cancel;

    Background closing = Background.start(calls::close);
    releasing.awaitReached();
    closing.awaitBlocked();

    assertThat(closing.isRunning()).as("close() waits").isTrue();
    assertThat(script.count("finish")).isZero();
    releasing.proceed();
    assertThat(closing.thrown()).isNull();
    assertThat(script.awaitRelease(0)).isTrue();
    assertThat(script.breaches()).isEmpty();
  }

  @Test
  void close_interruptedWhileWaiting_waitsOnAndKeepsTheFlag() throws Exception {
    Blocker releasing = Blocker.stubborn();
    FakeBackend.install().on("release", releasing);
    open();
    whileLocking = this::cancel;

    Background closing =
        Background.start(
            () -> {
              Thread.currentThread().interrupt();
              calls.close();
            });
    releasing.awaitReached();
    closing.awaitBlocked();

    assertThat(closing.isRunning()).as("close() waits").isTrue();
    releasing.proceed();
    assertThat(closing.interrupted()).isTrue();
  }

  @Test
  void close_sessionFailsToRelease_dismissesTheEncoderAllTheSame() throws IOException {
    FakeBackend.install().fail("release", new IllegalStateException("not released"));
    open();

    assertThatThrownBy(calls::close).hasMessage("not released");

    assertThat(resources.isDismissed()).isTrue();
    assertThat(calls.close()).as("a second close() does nothing").isFalse();
  }

  private void open() throws IOException {
    calls.open(
        new FakeBackend(), new OutputEnds(null), null, null, null, () -> PACKETS, session -> {});
  }

  /** As {@code Encoder.cancel()}. */
  private void cancel() {
    assertThat(state.cancel()).isTrue();
    resources.cancel();
  }
}
