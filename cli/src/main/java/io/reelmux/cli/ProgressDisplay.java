package io.reelmux.cli;

import io.reelmux.Progress;
import io.reelmux.ProgressListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows how far a task is: on a terminal as a bar on one line that is overwritten, with {@code
 * --json} as an object of its own line, at most four times a second.
 */
final class ProgressDisplay implements ProgressListener, AutoCloseable {
  private static final long INTERVAL_NANOS = 250_000_000;
  private static final int BAR = 24;

  private final Console console;
  private final String task;
  private final Optional<Duration> total;
  private final boolean bar;
  private final boolean json;
  private final LongSupplier clock;
  private final long started;
  private long last;
  private int width;

  /**
   * Creates a display.
   *
   * @param task what is done, in one word
   * @param total the duration of the whole; empty if unknown
   * @param bar whether a bar is shown
   * @param json whether objects are printed with {@code --json}
   */
  ProgressDisplay(
      Console console, String task, Optional<Duration> total, boolean bar, boolean json) {
    this(console, task, total, bar, json, System::nanoTime);
  }

  ProgressDisplay(
      Console console,
      String task,
      Optional<Duration> total,
      boolean bar,
      boolean json,
      LongSupplier clock) {
    this.console = console;
    this.task = task;
    this.total = total.filter(duration -> !duration.isZero());
    this.bar = bar && !console.isJson();
    this.json = json && console.isJson();
    this.clock = clock;
    this.started = clock.getAsLong();
    this.last = started;
  }

  @Override
  public void onProgress(Progress progress) {
    long now = clock.getAsLong();
    if (now - last < INTERVAL_NANOS) {
      return;
    }
    last = now;
    double elapsed = (now - started) / 1e9;
    if (json) {
      console.json(object(progress, elapsed).object());
    } else if (bar) {
      print(text(progress, elapsed));
    }
  }

  private Json object(Progress progress, double elapsed) {
    Json object =
        new Json()
            .put("event", "progress")
            .put("task", task)
            .put("seconds", progress.position())
            .put("frames", progress.frames())
            .put("bytes", progress.bytes())
            .put("elapsed", elapsed);
    total.ifPresent(duration -> object.put("total", duration).put("done", done(progress)));
    return object;
  }

  private String text(Progress progress, double elapsed) {
    double position = Json.seconds(progress.position());
    String rates =
        String.format(
            Locale.ROOT,
            "%s, %d frames, %.0f fps, %.1fx",
            Times.text(progress.position()),
            progress.frames(),
            progress.frames() / elapsed,
            position / elapsed);
    if (total.isEmpty()) {
      return task + " " + rates;
    }
    double done = done(progress);
    int full = (int) Math.round(done * BAR);
    String left =
        done > 0.01
            ? ", "
                + Times.text(Duration.ofSeconds(Math.round(elapsed * (1 - done) / done)))
                + " left"
            : "";
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %3d%%  %s%s",
        task,
        "#".repeat(full),
        "-".repeat(BAR - full),
        (int) (done * 100),
        rates,
        left);
  }

  private double done(Progress progress) {
    double whole = Json.seconds(total.orElseThrow());
    return Math.min(1, Json.seconds(progress.position()) / whole);
  }

  private void print(String text) {
    // what is left of a longer line is overwritten
    console.err().print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    console.err().flush();
    width = text.length();
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (width > 0) {
      console.err().print("\r" + " ".repeat(width) + "\r");
      console.err().flush();
      width = 0;
    }
  }
}
