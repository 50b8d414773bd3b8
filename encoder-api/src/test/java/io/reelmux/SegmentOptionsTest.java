package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Combinations of options that make no sense are refused, with the way out. */
class SegmentOptionsTest {
  private static final Duration TWO = Duration.ofSeconds(2);
  private static final Duration PART = Duration.ofMillis(200);

  @Test
  void setters_leaveTheOriginalAlone() {
    SegmentOptions vod = SegmentOptions.hls(TWO);

    SegmentOptions live = vod.live(6);

    assertThat(vod.playlists()).isEqualTo(SegmentOptions.Playlists.VOD);
    assertThat(live.playlists()).isEqualTo(SegmentOptions.Playlists.LIVE);
    assertThat(live.window()).isEqualTo(6);
    assertThat(live.keep()).isEqualTo(7);
    assertThat(live.keep(2).keep()).isEqualTo(2);
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("0.5 seconds", () -> SegmentOptions.hls(Duration.ofMillis(499))),
        refused("1 minute", () -> SegmentOptions.dash(Duration.ofSeconds(61))),
        refused("DASH requires", () -> SegmentOptions.dash(TWO).format(SegmentFormat.MPEG_TS)),
        refused("rotating files", () -> SegmentOptions.hls(TWO).format(SegmentFormat.MP4)),
        refused("own", () -> SegmentOptions.rotating(1, TWO).format(SegmentFormat.CMAF)),
        refused("no playlist", () -> SegmentOptions.rotating(1, TWO).live(3)),
        refused("no playlist", () -> SegmentOptions.plain(TWO).event()),
        refused("at least 3", () -> SegmentOptions.hls(TWO).live(2)),
        refused("live(window)", () -> SegmentOptions.hls(TWO).keep(2)),
        refused("live or event", () -> SegmentOptions.hls(TWO).parts(PART)),
        refused("live or event", () -> SegmentOptions.dash(TWO).parts(PART)),
        refused("live or event", () -> SegmentOptions.plain(TWO).parts(PART)),
        refused(
            "whole number of microseconds",
            () -> SegmentOptions.dash(TWO.plusNanos(1)).live(3).parts(PART)),
        refused("0.2", () -> SegmentOptions.hls(TWO).live(3).parts(Duration.ofMillis(199))),
        refused("half", () -> SegmentOptions.hls(TWO).live(3).parts(Duration.ofMillis(1001))),
        refused(
            "parts require format CMAF",
            () -> SegmentOptions.hls(TWO).live(3).parts(PART).format(SegmentFormat.MPEG_TS)),
        refused("live and event", () -> SegmentOptions.hls(TWO).live(3).parts(PART).vod()),
        refused("positive", () -> SegmentOptions.rotating(0, TWO)),
        refused("positive", () -> SegmentOptions.hls(TWO).maxSegmentBytes(0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void options_contradicting_areRefused(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
