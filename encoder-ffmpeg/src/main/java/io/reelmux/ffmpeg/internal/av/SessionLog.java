package io.reelmux.ffmpeg.internal.av;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** FFmpeg's last messages for one encoder. Thread-safe. */
public final class SessionLog implements AutoCloseable {
  private static final int CAPACITY = 12;

  private final Deque<Line> lines = new ArrayDeque<>();
  private long added;
  private final Set<Long> addresses = ConcurrentHashMap.newKeySet();

  /** A message, and the stream it belongs to, if any. */
  private record Line(long number, @Nullable String stream, String text) {}

  private final Notes notes;
  private @Nullable LogNotes logNotes;

  /**
   * An empty log.
   *
   * @param notes receives the messages that announce a fault in the output
   */
  public SessionLog(Notes notes) {
    this.notes = notes;
  }

  /** The part of the log that belongs to one stream, or to no stream. */
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
     * @return where it was routed before, for {@link #leave}
     */
    public @Nullable Part enter() {
      return FfmpegLog.enter(this);
    }

    /** Restores the routing that {@link #enter} returned. */
    public static void leave(@Nullable Part outer) {
      FfmpegLog.enter(outer);
    }

    SessionLog log() {
      return log;
    }

    void add(String line) {
      log.add(stream, line);
    }

    /** Returns how many messages the log has received. */
    long position() {
      return log.position();
    }

    /** Returns messages of this stream or of no stream after a position, oldest first. */
    List<String> linesSince(long position) {
      return log.linesSince(position, stream);
    }

    @Nullable String stream() {
      return stream;
    }
  }

  /**
   * Returns the part of the log that belongs to a stream.
   *
   * @param stream label for exceptions
   */
  public Part part(String stream) {
    return new Part(this, stream);
  }

  /** Returns the part of the log that belongs to no stream. */
  private Part general() {
    return new Part(this, null);
  }

  /** As {@link #during(ThrowingSupplier)} for work without a result. */
  public <E extends Exception> void run(ThrowingRunnable<E> work) throws E {
    Part outer = general().enter();
    try {
      work.run();
    } finally {
      Part.leave(outer);
    }
  }

  /**
   * Routes what the calling thread's native calls print to this log while work runs that belongs to
   * no stream.
   */
  public <T, E extends Exception> T during(ThrowingSupplier<T, E> work) throws E {
    return during(general(), work);
  }

  /**
   * Routes what the calling thread's native calls print to this log while the work of a stream
   * runs.
   *
   * @param stream label for exceptions
   */
  public <T, E extends Exception> T during(String stream, ThrowingSupplier<T, E> work) throws E {
    return during(part(stream), work);
  }

  private static <T, E extends Exception> T during(Part part, ThrowingSupplier<T, E> work)
      throws E {
    Part outer = part.enter();
    try {
      return work.get();
    } finally {
      Part.leave(outer);
    }
  }

  /** Routes messages that name this struct to this log, whichever thread prints them. */
  public void own(Pointer struct) {
    own(struct, general());
  }

  /** As {@link #own(Pointer)}, for a struct of a stream. */
  public void own(Pointer struct, String stream) {
    own(struct, part(stream));
  }

  private void own(Pointer struct, Part part) {
    addresses.add(struct.address());
    FfmpegLog.own(struct.address(), part);
  }

  /** Stops routing messages that name structs. */
  @Override
  public void close() {
    addresses.forEach(FfmpegLog::disown);
    addresses.clear();
  }

  /** A message that is repeated takes one place, so that it does not displace what led to it. */
  private synchronized void add(@Nullable String stream, String text) {
    Line last = lines.peekLast();
    if (last != null && last.text.equals(text) && Objects.equals(last.stream, stream)) {
      lines.removeLast();
    } else if (lines.size() == CAPACITY) {
      lines.removeFirst();
    }
    lines.addLast(new Line(added++, stream, text));
    LogNotes seen = logNotes == null ? new LogNotes() : logNotes;
    logNotes = seen;
    Optional<String> note = seen.of(text);
    if (note.isPresent()) {
      (stream == null ? notes : notes.of(stream)).add(note.get());
    }
  }

  private synchronized long position() {
    return added;
  }

  private synchronized List<String> linesSince(long position, @Nullable String stream) {
    List<String> since = new ArrayList<>();
    for (Line line : lines) {
      if (line.number >= position && (line.stream == null || line.stream.equals(stream))) {
        since.add(line.text);
      }
    }
    return since;
  }

  /** Forgets the messages so far, which belong to work that is done. */
  public synchronized void clear() {
    lines.clear();
  }

  /** Returns the last messages, oldest first. */
  public synchronized List<String> lastLines() {
    return lines.stream().map(Line::text).toList();
  }
}
