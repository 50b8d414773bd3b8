package io.reelmux;

import io.reelmux.internal.ThrowingRunnable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Controls a {@link FakeBackend} and records its calls. A step can be set for the n-th call of a
 * kind, which throws, blocks or calls the encoder. Violations of the order that the SPI promises
 * are collected.
 */
public final class Script {

  private final Map<String, ThrowingRunnable<IOException>> steps = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private final Set<Integer> busy = new HashSet<>();
  private int inside;
  private int released;

  /** Runs {@code step} in the first call of this kind. */
  public Script on(String call, ThrowingRunnable<IOException> step) {
    return on(call, 1, step);
  }

  /** Runs {@code step} in the n-th call of this kind, counted from 1. */
  public synchronized Script on(String call, int n, ThrowingRunnable<IOException> step) {
    steps.put(call + n, step);
    return this;
  }

  /** Throws in the first call of this kind. */
  public Script fail(String call, Throwable failure) {
    return fail(call, 1, failure);
  }

  /** Throws in the n-th call of this kind. */
  public Script fail(String call, int n, Throwable failure) {
    return on(
        call,
        n,
        () -> {
          if (failure instanceof IOException e) {
            throw e;
          }
          if (failure instanceof Error e) {
            throw e;
          }
          throw (RuntimeException) failure;
        });
  }

  /** Returns the calls so far, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Returns the number of calls of this kind. */
  public synchronized int count(String call) {
    return counts.getOrDefault(call, 0);
  }

  /** Returns what the encoder did although the SPI rules it out. */
  public synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  /** Records the call and runs its step. */
  public void call(String call) throws IOException {
    ThrowingRunnable<IOException> step;
    synchronized (this) {
      calls.add(call);
      step = steps.get(call + counts.merge(call, 1, Integer::sum));
    }
    if (step != null) {
      step.run();
    }
  }

  /** A call that must not overlap another one of its stream, nor follow the release. */
  public void enclosed(int stream, String call, ThrowingRunnable<IOException> body)
      throws IOException {
    enter(stream, call);
    try {
      call(call);
      body.run();
    } finally {
      leave(stream);
    }
  }

  /** Records the release once its step has run. */
  public void release() {
    ThrowingRunnable<IOException> step;
    synchronized (this) {
      step = steps.get("release1");
    }
    if (step != null) {
      try {
        step.run();
      } catch (IOException e) {
        throw new AssertionError("a step of release must not throw IOException", e);
      }
    }
    recordRelease();
  }

  private synchronized void recordRelease() {
    calls.add("release");
    counts.merge("release", 1, Integer::sum);
    if (inside > 0) {
      breaches.add("release during a call");
    }
    released++;
    if (released > 1) {
      breaches.add("released again");
    }
    notifyAll();
  }

  /** Waits for the release, which a thread of the encoder may do. */
  public synchronized boolean awaitRelease(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (released == 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized void enter(int stream, String call) {
    if (released > 0) {
      breaches.add(call + " after release");
    }
    if (stream < 0 && inside > 0) {
      breaches.add(call + " during another call");
    }
    if (!busy.add(stream)) {
      breaches.add(call + " during a call of the same stream");
    }
    inside++;
  }

  private synchronized void leave(int stream) {
    inside--;
    busy.remove(stream);
  }
}
