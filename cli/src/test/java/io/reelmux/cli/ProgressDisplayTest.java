package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Progress;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong();
  private final Console console =
      new Console(InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err));

  private ProgressDisplay display(Optional<Duration> total, boolean bar) {
    return new ProgressDisplay(console, "encoding", total, bar, true, clock::get);
  }

  private void at(ProgressDisplay display, double clockSeconds, double seconds) {
    clock.set((long) (clockSeconds * 1e9));
    Duration position = Duration.ofMillis((long) (seconds * 1000));
    display.onProgress(
        new Progress(
            List.of(new StreamProgress(StreamKind.VIDEO, 0, (long) (seconds * 25), 0, position)),
            1234));
  }

  @Test
  void bar_showsShareRatesAndTheTimeLeft() {
    ProgressDisplay display = display(Optional.of(Duration.ofSeconds(40)), true);

    at(display, 5, 10);
    display.close();

    assertThat(err.toString())
        .startsWith(
            "\rencoding [######------------------]  25%  0:00:10, 250 frames, 50 fps, 2.0x,"
                + " 0:00:15 left")
        .endsWith("\r");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void bar_withoutTotal_showsTheTime() {
    at(display(Optional.empty(), true), 2, 3);

    assertThat(err.toString()).isEqualTo("\rencoding 0:00:03, 75 frames, 38 fps, 1.5x");
  }

  @Test
  void calls_inQuickSuccession_areLeftOut() {
    ProgressDisplay display = display(Optional.empty(), true);

    at(display, 1, 1);
    at(display, 1.1, 2);
    at(display, 1.3, 3);

    assertThat(err.toString().split("\r")).hasSize(3);
  }

  @Test
  void json_isAnObjectOfALine() {
    console.setJson(true);

    at(display(Optional.of(Duration.ofSeconds(4)), true), 1, 1);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("\"event\":\"progress\"", "\"frames\":25", "\"done\":0.25", "\"bytes\":1234");
  }

  @Test
  void hidden_printsNothing() {
    at(display(Optional.empty(), false), 1, 1);

    assertThat(err.toString()).isEmpty();
  }
}
