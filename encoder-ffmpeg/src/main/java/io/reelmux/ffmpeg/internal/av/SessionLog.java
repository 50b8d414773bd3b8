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

  private final Deque<Line> lines = new ArrayDeque<>();
  private long added;
  private final Set<Long> addresses = ConcurrentHashMap.newKeySet();

  /** A message of one stream's work, or of none's. */
  private record Line(long number, @Nullable String stream, String text) {}

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

  /** The work of one stream of this encoder, or the work of none. */
  public static final class Part {
    private final SessionLog log;
    private final @Nullable String stream;

    private Part(SessionLog log, @Nullable String stream) {
      this.log = log;
      this.stream = stream;
    }

    /**
     * Routes what the calling thread's native calls print to this log.
     *
     * @return what they were routed to before, for {@link #leave}
     */
    public @Nullable Part enter() {
      return FfmpegLog.enter(this);
    }

    /** Ends what {@link #enter} began. */
    public static void leave(@Nullable Part outer) {
      FfmpegLog.enter(outer);
    }

    SessionLog log() {
      return log;
    }

    void add(String line) {
      log.add(stream, line);
    }

    /** How many messages the log has had. */
    long position() {
      return log.position();
    }

    /** Messages of this stream or of none that came after a position, oldest first. */
    List<String> linesSince(long position) {
      return log.linesSince(position, stream);
    }

    @Nullable String stream() {
      return stream;
    }
  }

  /**
   * A part of the work.
   *
   * @param stream for exceptions; null where it is no stream's work
   */
  public Part part(@Nullable String stream) {
    return new Part(this, stream);
  }

  /** As {@link #during} for work without a result. */
  public <E extends Exception> void run(@Nullable String stream, Task<E> task) throws E {
    Part outer = part(stream).enter();
    try {
      task.run();
    } finally {
      Part.leave(outer);
    }
  }

  /**
   * Routes what the calling thread's native calls print to this log while the work runs.
   *
   * @param stream for exceptions; null where it is no stream's work
   */
  public <T, E extends Exception> T during(@Nullable String stream, Work<T, E> work) throws E {
    Part outer = part(stream).enter();
    try {
      return work.run();
    } finally {
      Part.leave(outer);
    }
  }

  /** Routes messages that name this struct of a stream here, whatever thread prints them. */
  public void own(Pointer struct, @Nullable String stream) {
    addresses.add(struct.address());
    FfmpegLog.own(struct.address(), part(stream));
  }

  /** Forgets the structs. */
  @Override
  public void close() {
    addresses.forEach(FfmpegLog::disown);
    addresses.clear();
  }

  private synchronized void add(@Nullable String stream, String text) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(new Line(added++, stream, text));
  }

  private synchronized long position() {
    return added;
  }

  private synchronized List<String> linesSince(long position, @Nullable String stream) {
    return lines.stream()
        .filter(line -> line.number >= position)
        .filter(line -> line.stream == null || line.stream.equals(stream))
        .map(Line::text)
        .toList();
  }

  /** The last messages, oldest first. */
  public synchronized List<String> lastLines() {
    return lines.stream().map(Line::text).toList();
  }
}
