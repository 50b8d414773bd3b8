package io.reelmux.reader.internal;

import io.reelmux.reader.ReadReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The last report of a decoder, kept when it is released. */
public final class KeptReport {
  private volatile ReadReport report =
      new ReadReport(0, 0, 0, 0, false, Optional.empty(), List.of());

  /** Returns an action that keeps the last report and then releases the decoder. */
  public Runnable releasing(Supplier<ReadReport> last, Runnable release) {
    return () -> {
      try {
        report = last.get();
      } finally {
        release.run();
      }
    };
  }

  /** Returns the last report. */
  public ReadReport get() {
    return report;
  }
}
