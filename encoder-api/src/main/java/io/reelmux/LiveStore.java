package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that answers the requests of HLS and DASH players, those of low latency
 * included, for any HTTP server: it holds a request for an object that is announced until it is
 * there, and sends a segment while it grows. It holds what the segmenter has not deleted: with
 * {@link SegmentOptions#live} the window and what is kept after it.
 *
 * <p><b>Threads.</b> Thread-safe. A request may hold its thread until the end of the segment that
 * it asks for: give the server a thread for each request that it answers at a time. A viewer that
 * reads slowly holds up neither the encoder nor another viewer, and costs no memory.
 *
 * <pre>{@code
 * LiveStore live = new LiveStore();
 * encoder.open(Output.segments(live, SegmentOptions.hlsAndDash(Duration.ofSeconds(2)).live(6)));
 * ...
 * // in the handler of an HTTP server, for addresses below /live/
 * String name = exchange.getRequestURI().getPath().substring("/live/".length());
 * String query = exchange.getRequestURI().getRawQuery();
 * LiveStore.Response response = live.get(name, query, Duration.ofSeconds(10));
 * exchange.getResponseHeaders().set("Content-Type", response.contentType());
 * exchange.getResponseHeaders().set("Cache-Control", response.cacheControl());
 * exchange.sendResponseHeaders(response.status(), response.body().length().orElse(0)); // 0: in chunks
 * response.body().sendTo(exchange.getResponseBody());
 * exchange.close(); // not after an exception: what is incomplete must not look complete
 * }</pre>
 */
public final class LiveStore implements SegmentStore {

  private final ReentrantLock lock = new ReentrantLock();

  /** Signaled when anything has changed that a request may wait for. */
  private final Condition changed = lock.newCondition();

  private final Map<String, Stored> committed = new HashMap<>();

  /** Segments that have begun. */
  private final Map<String, Stored> growing = new HashMap<>();

  /** What the current playlists announce, by playlist. */
  private final Map<String, Set<String>> announced = new HashMap<>();

  private boolean stopped;

  /** Creates an empty store. */
  public LiveStore() {}

  private record Stored(SegmentInfo info, LiveBytes bytes) {}

  /**
   * An answer to a request.
   *
   * @param status 200; 400 for a request that HLS forbids; 404 if the object neither exists nor is
   *     announced; 503 if it was not there within the time for which the request may be held, or
   *     the encoder was canceled or has failed before
   * @param contentType MIME type; of an error, plain text
   * @param cacheControl for the header of this name
   * @param body the bytes
   */
  public record Response(int status, String contentType, String cacheControl, Body body) {}

  /**
   * The bytes of an answer. Those of a segment that is not complete come as it grows, and are
   * together the same as those of the complete segment. Needs not be closed. Used by one thread at
   * a time.
   */
  public final class Body {
    private final LiveBytes bytes;
    private final Duration wait;
    private final OptionalLong length;
    private int nextPiece;

    private Body(LiveBytes bytes, Duration wait) {
      this.bytes = bytes;
      this.wait = wait;
      this.length = bytes.isComplete() ? OptionalLong.of(bytes.size()) : OptionalLong.empty();
    }

    /**
     * Returns the number of all bytes, which decides between a {@code Content-Length} and a chunked
     * transfer.
     *
     * @return the number; empty for a segment that was not complete when it was asked for
     */
    public OptionalLong length() {
      return length;
    }

    /**
     * Returns the next bytes, and waits for them if necessary, for as long as the request may be
     * held.
     *
     * @return read-only bytes, at least one; empty after the last ones
     * @throws IOException if the segment was not completed, has been deleted, did not grow in this
     *     time, or {@link LiveStore#stopHolding} was called: the answer is incomplete, which the
     *     client must notice, so end its connection
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<ByteBuffer> next() throws IOException, InterruptedException {
      lock.lockInterruptibly();
      try {
        long left = nanos(wait);
        while (!bytes.canRead(nextPiece)) {
          if (stopped || left <= 0) {
            throw new IOException(
                stopped
                    ? bytes.name() + " is not complete, and the store holds no requests anymore"
                    : bytes.name() + " has not grown within " + wait);
          }
          left = changed.awaitNanos(left);
        }
        return bytes.read(nextPiece++);
      } finally {
        lock.unlock();
      }
    }

    /**
     * Writes all bytes as they come.
     *
     * @param stream receives them, and is flushed after each piece; it is not closed
     * @throws IOException as {@link #next}, or from the stream
     * @throws InterruptedException if the thread is interrupted
     */
    public void sendTo(OutputStream stream) throws IOException, InterruptedException {
      WritableByteChannel channel = Channels.newChannel(stream);
      for (Optional<ByteBuffer> piece = next(); piece.isPresent(); piece = next()) {
        channel.write(piece.get());
        stream.flush();
      }
    }
  }

  /** As nanoseconds, of which a long holds 292 years. */
  private static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      return time.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /**
   * Answers a request.
   *
   * @param path name of the object, without a leading slash
   * @param query the query of the URL; may be null. With {@code _HLS_msn} and {@code _HLS_part} an
   *     HLS playlist is held until it names this segment and part; a part that the segment does not
   *     have stands for the first one of the next segment. The answer is 400 if one of them is
   *     anything but decimal digits, if there is a part without a segment, or if the segment is
   *     more than two after the one that is not complete. With {@code _time} the answer for a DASH
   *     manifest is the time by this computer's clock, to which DASH players set theirs. Anything
   *     else is ignored
   * @param wait the longest time for which the request may be held, and between two pieces of a
   *     segment that grows
   * @return the answer
   * @throws InterruptedException if the thread is interrupted
   */
  public Response get(String path, @Nullable String query, Duration wait)
      throws InterruptedException {
    LiveDirectives asked;
    try {
      asked = LiveDirectives.of(query);
    } catch (IllegalArgumentException e) {
      return text(400, String.valueOf(e.getMessage()));
    }
    lock.lockInterruptibly();
    try {
      long left = nanos(wait);
      while (true) {
        Stored object = committed.getOrDefault(path, growing.get(path));
        if (object != null
            && asked.isMetBy(object.info(), () -> hasPart(object.info().stream(), asked))) {
          return asksForTime(object.info(), query)
              ? text(200, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
              : found(object, wait);
        }
        if (object == null
            && announced.values().stream().noneMatch(names -> names.contains(path))) {
          return text(404, "there is no " + path);
        }
        if (object != null && asked.isTooFarAhead(object.info())) {
          return text(400, "_HLS_msn is too far ahead");
        }
        if (object != null && !announced.containsKey(path)) {
          return text(503, path + " has been abandoned: its encoder was canceled or has failed");
        }
        if (left <= 0 || stopped) {
          return text(503, path + " is not ready");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the segment that is asked for has the part. */
  private boolean hasPart(String stream, LiveDirectives asked) {
    return committed.values().stream()
        .map(Stored::info)
        .anyMatch(
            info ->
                info.kind() == SegmentKind.PART
                    && info.stream().equals(stream)
                    && info.number() == asked.number().orElse(-1)
                    && info.part() >= asked.part().orElse(0));
  }

  private static boolean asksForTime(SegmentInfo info, @Nullable String query) {
    return info.kind() == SegmentKind.MANIFEST
        && query != null
        && Arrays.asList(query.split("&", -1)).contains("_time");
  }

  private Response found(Stored object, Duration wait) {
    boolean fixed =
        switch (object.info().kind()) {
          case INIT, SEGMENT, PART -> true;
          case MEDIA_PLAYLIST, MAIN_PLAYLIST, MANIFEST -> false;
        };
    return new Response(
        200,
        object.info().contentType(),
        fixed ? "max-age=3600" : "no-cache",
        new Body(object.bytes(), wait));
  }

  /** An answer that is not an object. */
  private Response text(int status, String text) {
    LiveBytes bytes = new LiveBytes("an answer");
    bytes.add(text.getBytes(UTF_8));
    bytes.complete();
    return new Response(status, "text/plain", "no-store", new Body(bytes, Duration.ZERO));
  }

  /**
   * Releases all requests that are held, and ends the bodies of segments that are not complete:
   * call it when the server stops.
   */
  public void stopHolding() {
    change(() -> stopped = true);
  }

  /** {@return the names of the complete objects that it holds, in alphabetical order} */
  public Set<String> names() {
    lock.lock();
    try {
      return new TreeSet<>(committed.keySet());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean holdsRequests() {
    return true;
  }

  @Override
  public Entry create(String name, SegmentInfo info) {
    SegmentStore.checkName(name);
    LiveEntry entry = new LiveEntry(name, new Stored(info, new LiveBytes(name)));
    if (info.kind() == SegmentKind.SEGMENT) {
      change(() -> growing.put(name, entry.object));
    }
    return entry;
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class LiveEntry implements Entry {
    private final String name;
    private final Stored object;

    LiveEntry(String name, Stored object) {
      this.name = name;
      this.object = object;
    }

    @Override
    public void write(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      if (copy.length > 0) {
        change(() -> object.bytes().add(copy));
      }
    }

    @Override
    public void commit() {
      change(
          () -> {
            object.bytes().complete();
            growing.remove(name, object);
            committed.put(name, object);
            announced.put(name, object.info().announced());
          });
    }

    @Override
    public void close() {
      change(
          () -> {
            if (!object.bytes().isComplete()) {
              growing.remove(name, object);
              object.bytes().drop("was not completed");
            }
          });
    }
  }

  @Override
  public void abandon(String name) {
    change(() -> announced.remove(name));
  }

  @Override
  public void delete(String name) throws IOException {
    lock.lock();
    try {
      Stored object = committed.remove(name);
      if (object == null) {
        throw new FileNotFoundException(name);
      }
      announced.remove(name);
      object.bytes().drop("has been deleted");
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
