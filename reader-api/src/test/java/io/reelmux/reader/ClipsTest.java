package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.TimeBase;
import io.reelmux.reader.Clips.Ends;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipsTest {

  /** At 10 frames per second, from 5 s on. */
  private static FrameIndex index(int frames) {
    long[] pts = new long[frames];
    Arrays.setAll(pts, i -> 50 + i);
    boolean[] keys = new boolean[frames];
    return new FrameIndex(new TimeBase(1, 10), pts, 50 + frames, keys, FrameIndex.Basis.SCAN);
  }

  private static Duration tenths(long count) {
    return Duration.ofMillis(100 * count);
  }

  @Test
  void regular_clips_coverTheStreamEvenly() {
    assertThat(Clips.regular(index(10), 3, 4, 1, Ends.REFUSE))
        .isDeepEqualTo(new long[][] {{0, 1, 2, 3}, {3, 4, 5, 6}, {6, 7, 8, 9}});
    assertThat(Clips.regular(index(10), 1, 2, 3, Ends.REFUSE)).isDeepEqualTo(new long[][] {{0, 3}});
    assertThat(Clips.regular(index(10), 2, 4, 3, Ends.REFUSE))
        .as("one place only")
        .isDeepEqualTo(new long[][] {{0, 3, 6, 9}, {0, 3, 6, 9}});
    assertThat(Clips.regular(index(3), 5, 1, 1, Ends.REFUSE))
        .isDeepEqualTo(new long[][] {{0}, {0}, {1}, {1}, {2}});
  }

  @Test
  void regular_streamTooShort_followsEnds() {
    assertThat(Clips.regular(index(5), 1, 4, 2, Ends.REPEAT_LAST))
        .isDeepEqualTo(new long[][] {{0, 2, 4, 4}});
    assertThat(Clips.regular(index(5), 1, 5, 2, Ends.WRAP))
        .isDeepEqualTo(new long[][] {{0, 2, 4, 0, 2}});
    assertThatThrownBy(() -> Clips.regular(index(5), 1, 4, 2, Ends.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a clip of 4 frames does not fit, only 3 do: ask for fewer, or for Ends.REPEAT_LAST or"
                + " WRAP");
  }

  @Test
  void random_clips_fitAndReachBothEnds() {
    long[][] rows = Clips.random(index(10), 500, 3, 2, Ends.REFUSE, new Random(1));

    assertThat(Arrays.stream(rows).mapToLong(row -> row[0]).distinct())
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(Arrays.asList(rows)).allSatisfy(row -> assertThat(row[2]).isEqualTo(row[0] + 4));
    assertThat(Clips.random(index(10), 5, 3, 2, Ends.REFUSE, new Random(1)))
        .isDeepEqualTo(Arrays.copyOf(rows, 5));
  }

  @Test
  void everySeconds_clips_startAtTheStreamsStart() {
    assertThat(Clips.everySeconds(index(10), tenths(4), 2, tenths(1), Ends.REFUSE))
        .isDeepEqualTo(new long[][] {{0, 1}, {4, 5}, {8, 9}});
    assertThat(Clips.everySeconds(index(10), tenths(4), 2, Duration.ofMillis(50), Ends.REFUSE))
        .isDeepEqualTo(new long[][] {{0, 0}, {4, 4}, {8, 8}});
    assertThat(Clips.everySeconds(index(10), tenths(8), 3, tenths(1), Ends.REFUSE))
        .as("none starts where it would not fit")
        .isDeepEqualTo(new long[][] {{0, 1, 2}});
    assertThat(Clips.everySeconds(index(2), tenths(4), 3, tenths(1), Ends.REPEAT_LAST))
        .isDeepEqualTo(new long[][] {{0, 1, 1}});
    assertThatThrownBy(() -> Clips.everySeconds(index(2), tenths(4), 3, tenths(1), Ends.REFUSE))
        .hasMessageStartingWith("a clip of 3 frames does not fit, only 2 do");
    assertThatThrownBy(
            () ->
                Clips.everySeconds(index(10), Duration.ofNanos(1), 1, tenths(1), Ends.REPEAT_LAST))
        .hasMessage("between PT0.000000001S gives more than a million clips: must be longer");
  }

  @ParameterizedTest
  @EnumSource
  void clips_mistakes_areRefused(Ends ends) {
    FrameIndex index = index(10);
    assertThatThrownBy(() -> Clips.regular(index, 0, 1, 1, ends))
        .hasMessage("clips 0: must be positive");
    assertThatThrownBy(() -> Clips.random(index, 1, 0, 1, ends, new Random()))
        .hasMessage("frames 0: must be positive");
    assertThatThrownBy(() -> Clips.regular(index, 1, 1, 0, ends))
        .hasMessage("step 0: must be positive");
    assertThatThrownBy(() -> Clips.everySeconds(index, Duration.ZERO, 1, tenths(1), ends))
        .hasMessage("between PT0S: must be positive");
    assertThatThrownBy(() -> Clips.everySeconds(index, tenths(1), 1, tenths(-1), ends))
        .hasMessage("step PT-0.1S: must be positive");
    assertThatThrownBy(() -> Clips.regular(index(0), 1, 1, 1, ends))
        .hasMessage("the stream has no frames to choose from");
  }
}
