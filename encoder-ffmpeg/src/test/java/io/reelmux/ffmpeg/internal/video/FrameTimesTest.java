package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTimesTest {
  private static final Optional<Duration> NONE = Optional.empty();

  private final FrameTimes constant =
      new FrameTimes(new TimeBase(1, 25), FrameRate.of(25, 1), false);
  private final FrameTimes variable =
      new FrameTimes(new TimeBase(1, 1000), FrameRate.of(25, 1), true);

  @Test
  void stamp_constantRate_countsFrames() {
    assertThat(constant.stamp(NONE, constant.durationOf(NONE))).isZero();
    assertThat(constant.stamp(NONE, constant.durationOf(NONE))).isEqualTo(1);
    assertThat(constant.frames()).isEqualTo(2);
    assertThat(constant.duration()).isEqualTo(Duration.ofMillis(80));
  }

  @Test
  void stamp_ownTimes_areTicks() {
    assertThat(variable.stamp(millis(100), variable.durationOf(millis(7)))).isEqualTo(100);
    assertThat(variable.stamp(NONE, variable.durationOf(NONE))).isEqualTo(107);
    assertThat(variable.duration()).isEqualTo(Duration.ofMillis(147));
  }

  @Test
  void duration_longFrameBeforeShortOne_isTheLatestEnd() {
    variable.stamp(millis(0), 500);
    variable.stamp(millis(10), 20);

    assertThat(variable.duration()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void durationOf_missingOrZero_isOfTheFrameRate() {
    assertThat(variable.durationOf(NONE)).isEqualTo(40);
    assertThat(variable.durationOf(millis(0))).isEqualTo(40);
    assertThat(constant.durationOf(NONE)).isEqualTo(1);
  }

  @Test
  void durationOf_rateAboveTheTimeBase_isOneTick() {
    FrameTimes fast = new FrameTimes(new TimeBase(1, 10), FrameRate.of(1000, 1), true);

    assertThat(fast.durationOf(NONE)).isEqualTo(1);
  }

  @Test
  void takeDuration_framesOutOfOrder_eachOnce() {
    variable.stamp(millis(0), 11);
    variable.stamp(millis(20), 22);

    assertThat(variable.takeDuration(20)).isEqualTo(22);
    assertThat(variable.takeDuration(0)).isEqualTo(11);
    assertThat(variable.takeDuration(0)).as("that of the frame rate").isEqualTo(40);
    assertThat(constant.takeDuration(0)).isEqualTo(1);
  }

  @Test
  void check_timeNotAfterTheFrameBefore_throws() {
    variable.stamp(millis(100), 40);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> variable.check(millis(100), NONE))
        .withMessageStartingWith("pts PT0.1S ")
        .withMessageContaining("PT0.1S, and the encoder's tick is 1/1000 of a second");
    assertThatCode(() -> variable.check(millis(101), millis(5))).doesNotThrowAnyException();
    assertThatCode(() -> variable.check(NONE, NONE)).doesNotThrowAnyException();
  }

  @Test
  void check_ownTimeAtConstantRate_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> constant.check(millis(0), NONE))
        .withMessageEndingWith("VideoOptions.variableFrameRate(true)");
    assertThatIllegalArgumentException().isThrownBy(() -> constant.check(NONE, millis(5)));
    assertThatCode(() -> constant.check(NONE, NONE)).doesNotThrowAnyException();
  }

  private static Optional<Duration> millis(long millis) {
    return Optional.of(Duration.ofMillis(millis));
  }
}
