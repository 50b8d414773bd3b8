package io.reelmux.internal;

import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's ends of all outputs of an encoder, and who is told what happens to them. Refers to
 * the caller's objects weakly only, since it lives as long as the threads of the outputs.
 */
public final class OutputEnds implements OutputEvents {
  private final List<OutputEnd> ends = new CopyOnWriteArrayList<>();

  private final Set<Thread> telling = ConcurrentHashMap.newKeySet();
  private final @Nullable WeakCallerRef<OutputEvents> caller;
  private volatile @Nullable EncodingSession session;

  /**
   * No outputs yet.
   *
   * @param caller is told of failures and overflows; null for nobody
   */
  public OutputEnds(@Nullable OutputEvents caller) {
    this.caller = caller == null ? null : new WeakCallerRef<>(caller);
  }

  /** Adds the end of the next output. */
  public void add(OutputEnd end) {
    ends.add(end);
  }

  /** Removes the end that was added last: its output was refused. */
  void withdrawLast() {
    ends.remove(ends.size() - 1).withdraw();
  }

  void check(@Nullable Duration deadline) throws IOException {
    for (OutputEnd end : ends) {
      end.check(deadline);
    }
  }

  void checkLast(@Nullable Duration deadline) throws IOException {
    ends.get(ends.size() - 1).check(deadline);
  }

  void withdraw() {
    ends.forEach(OutputEnd::withdraw);
  }

  /** Whether a file holds what it held before the encoding. */
  boolean keepOld() {
    return ends.stream().anyMatch(OutputEnd::keepsOld);
  }

  void unblock() {
    ends.forEach(OutputEnd::unblock);
  }

  /** The session is open: an overdue call fails its output. */
  void opened(EncodingSession newSession) {
    session = newSession;
    for (int i = 0; i < ends.size(); i++) {
      watch(i, newSession.output(i));
    }
  }

  /** The output whose end was added last is open. */
  void attached(OutputControl output) {
    watch(ends.size() - 1, output);
  }

  private void watch(int number, OutputControl output) {
    ends.get(number).onOverdue(output::fail);
  }

  /** Whether the calling thread is inside code of the caller. */
  boolean isInside() {
    // each frame asks, so without a stream
    for (OutputEnd end : ends) {
      if (end.isInside()) {
        return true;
      }
    }
    return telling.contains(Thread.currentThread());
  }

  /** Interrupts the thread that is inside an output's destination or listener. */
  public void unblock(int number) {
    ends.get(number).unblock();
  }

  /** Gives up the ends of outputs that have no thread of their own, which does it otherwise. */
  void giveUp(boolean complete, boolean cancelled) {
    EncodingSession current = session;
    for (int i = 0; i < ends.size(); i++) {
      if (current == null || !current.output(i).hasThread()) {
        ends.get(i).giveUp(complete, cancelled);
      }
    }
  }

  @Override
  public void failed(int output, Throwable failure) {
    tell(events -> events.failed(output, failure));
  }

  @Override
  public void overflowed(int output) {
    tell(events -> events.overflowed(output));
  }

  @Override
  public void recovered(int output, long dropped) {
    tell(events -> events.recovered(output, dropped));
  }

  @Override
  public void ended(int output, boolean complete, boolean cancelled) {
    ends.get(output).giveUp(complete, cancelled);
  }

  private void tell(Consumer<OutputEvents> event) {
    if (caller == null) {
      return;
    }
    boolean outer = telling.add(Thread.currentThread());
    try {
      event.accept(caller.get());
    } catch (IOException e) {
      // nobody is left to be told
      return;
    } catch (RuntimeException | Error e) {
      System.getLogger("io.reelmux")
          .log(System.Logger.Level.WARNING, "an OutputListener has thrown", e);
    } finally {
      if (outer) {
        telling.remove(Thread.currentThread());
      }
    }
  }
}
