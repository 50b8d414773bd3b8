package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.internal.av.Notes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where players that know only the clock look for segments. */
class NumberGridTest {
  private final Notes notes = new Notes();

  private NumberGrid grid(Duration length, Duration first) {
    NumberGrid grid = new NumberGrid(length, notes);
    grid.begin(Ticks.of(first));
    return grid;
  }

  @Test
  void begin_anyTime_originIsTheMultipleBefore() {
    Duration two = Duration.ofSeconds(2);

    assertThat(grid(two, Duration.ofMillis(-21)).nominalStart(0)).isEqualTo(Duration.ZERO);
    assertThat(grid(two, Duration.ofMillis(1999)).nominalStart(0)).isEqualTo(Duration.ZERO);
    assertThat(grid(two, Duration.ofMillis(5500)).nominalStart(0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(grid(two, Duration.ofMillis(5500)).nominalStart(3))
        .isEqualTo(Duration.ofSeconds(10));
  }

  /** Players compute the number of segments in floating point. */
  @ParameterizedTest
  @ValueSource(longs = {500, 600, 700, 900, 1001, 1100, 2000, 2002, 3300})
  void end_anyLength_playersFindAsManySegmentsAsThereAre(long millis) {
    Duration length = Duration.ofMillis(millis);
    NumberGrid grid = grid(length, Duration.ZERO);
    for (int count = 1; count < 500; count++) {
      Duration whole = length.multipliedBy(count);

      for (Duration end : new Duration[] {whole, whole.plusMillis(20), whole.minusMillis(20)}) {
        Duration stated = grid.end(Ticks.of(end), count);

        assertThat(Math.ceil(stated.toNanos() / 1e9 / (millis / 1e3))).isEqualTo(count);
        assertThat(stated).isLessThanOrEqualTo(end).isGreaterThan(end.minusMillis(21));
      }
    }
    assertThat(notes.list()).isEmpty();
  }
}
