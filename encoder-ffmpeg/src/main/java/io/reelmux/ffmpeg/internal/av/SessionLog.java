package io.reelmux.ffmpeg.internal.av;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The last messages of FFmpeg for one encoder. Thread-safe. */
public final class SessionLog implements AutoCloseable {
  private static final int KEPT = 12;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Set<Long> addresses = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<@Nullable String> stream = new ThreadLocal<>();

  /** An empty log. */
  public SessionLog() {}

  /** Work that is done for this encoder. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /** Work without a result. */
  @FunctionalInterface
  public interface Task<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /** As {@link #during} for work without a result. */
  public <E extends Exception> void run(@Nullable String streamName, Task<E> task) throws E {
    this.<Boolean, E>during(
        streamName,
        () -> {
          task.run();
          return Boolean.TRUE;
        });
  }

  /**
   * Routes what the calling thread's native calls print to this log while the work runs.
   *
   * @param streamName for exceptions; null where it is no stream's work
   */
  public <T, E extends Exception> T during(@Nullable String streamName, Work<T, E> work) throws E {
    SessionLog outer = FfmpegLog.enter(this);
    String outerStream = stream.get();
    stream.set(streamName);
    try {
      return work.run();
    } finally {
      if (outerStream == null) {
        stream.remove();
      } else {
        stream.set(outerStream);
      }
      FfmpegLog.leave(outer);
    }
  }

  /** Routes messages that name this struct here, whatever thread prints them. */
  public void own(Pointer struct) {
    addresses.add(struct.address());
    FfmpegLog.own(struct.address(), this);
  }

  /** Forgets the structs. */
  @Override
  public void close() {
    addresses.forEach(FfmpegLog::disown);
    addresses.clear();
  }

  synchronized void add(String line) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** The last messages, oldest first. */
  public synchronized List<String> lastLines() {
    return List.copyOf(lines);
  }

  @Nullable String streamOfThread() {
    return stream.get();
  }
}
