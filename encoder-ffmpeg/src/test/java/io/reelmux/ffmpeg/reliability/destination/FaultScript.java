package io.reelmux.ffmpeg.reliability.destination;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one call of a destination fail, and records the calls after it. */
final class FaultScript {

  /** The kind of exception to throw. */
  enum Kind {
    IO,
    RUNTIME,
    ERROR,
    /** Checked but not declared, as Kotlin and other languages can throw. */
    UNDECLARED
  }

  private final int failing;
  private final Kind kind;
  private final List<String> after = new ArrayList<>();
  private int calls;
  private @Nullable Throwable thrown;
  private String failed = "";

  /** Fails the call with the given number, counted from 0. */
  FaultScript(int failing, Kind kind) {
    this.failing = failing;
    this.kind = kind;
  }

  /** Never fails. */
  static FaultScript none() {
    return new FaultScript(-1, Kind.IO);
  }

  /** Returns whether the next call fails. */
  boolean failsNow() {
    return thrown == null && calls == failing;
  }

  /** A call of the destination. */
  void call(String name) throws IOException {
    if (thrown != null) {
      after.add(name);
      return;
    }
    if (calls++ == failing) {
      failed = name;
      thrown = make(name + " number " + failing);
      FaultScript.<RuntimeException>sneak(thrown);
    }
  }

  private Throwable make(String text) {
    return switch (kind) {
      case IO -> new IOException(text);
      case RUNTIME -> new IllegalArgumentException(text);
      case ERROR -> new StackOverflowError(text);
      case UNDECLARED -> new InterruptedException(text);
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable throwable) throws T {
    throw (T) throwable;
  }

  /** Returns what was thrown, or null if nothing was thrown yet. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  /** Returns the number of calls so far, up to the failure. */
  int calls() {
    return calls;
  }

  /** Returns the call that failed. */
  String failed() {
    return failed;
  }

  /** Returns the calls after the failure. */
  List<String> after() {
    return after;
  }

  Kind kind() {
    return kind;
  }
}
