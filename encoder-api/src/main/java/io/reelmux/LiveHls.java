package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that answers the requests of HLS players, those of low latency included, for
 * any HTTP server: it holds a request for a playlist or a part until it exists. It holds what the
 * segmenter has not deleted: with {@link SegmentOptions#live} the window and what is kept after it.
 *
 * <p>Thread-safe. A request may hold its thread, for two segments at most if the encoder goes on:
 * give the server a thread for each viewer.
 *
 * <pre>{@code
 * LiveHls live = new LiveHls();
 * encoder.open(Output.segments(live, SegmentOptions.hls(Duration.ofSeconds(2)).live(6)));
 * ...
 * // in the handler of an HTTP server, for addresses below /live/
 * String name = exchange.getRequestURI().getPath().substring("/live/".length());
 * String query = exchange.getRequestURI().getRawQuery();
 * LiveHls.Response response = live.get(name, query, Duration.ofSeconds(10));
 * }</pre>
 */
public final class LiveHls implements SegmentStore {
  private static final Pattern HINT =
      Pattern.compile("^#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"([^\"]*)\"", Pattern.MULTILINE);

  private static final String END = "#EXT-X-ENDLIST";

  /** How far ahead of the last segment a player may ask. */
  private static final int MAX_AHEAD = 2;

  private final Object lock = new Object();
  private final MemoryStore objects = new MemoryStore();

  /** The objects that the current playlists announce, by playlist. */
  private final Map<String, String> hints = new HashMap<>();

  private final Set<String> endedPlaylists = new HashSet<>();
  private boolean closed;

  /** Creates an empty store. */
  public LiveHls() {}

  /**
   * An answer to a request.
   *
   * @param status 200, 400 for a request that HLS forbids, 404 or 503 for one that has been held
   *     for as long as it may
   * @param contentType MIME type; of an error, plain text
   * @param cacheControl for the header of this name
   * @param body the bytes, read-only
   */
  public record Response(int status, String contentType, String cacheControl, ByteBuffer body) {}

  /**
   * Answers a request.
   *
   * @param path name of the object, without a leading slash
   * @param query the query of the URL, with or without the directives of HLS; may be null
   * @param wait the longest time for which the request may be held
   * @return the answer
   * @throws InterruptedException if the thread is interrupted
   */
  public Response get(String path, @Nullable String query, Duration wait)
      throws InterruptedException {
    OptionalLong number;
    OptionalLong part;
    try {
      number = directive(query, "_HLS_msn");
      part = directive(query, "_HLS_part");
    } catch (NumberFormatException e) {
      return error(400, "_HLS_msn and _HLS_part must be numbers");
    }
    if (number.isEmpty() && part.isPresent()) {
      return error(400, "_HLS_part requires _HLS_msn");
    }
    long deadline = System.nanoTime() + wait.toNanos();
    synchronized (lock) {
      while (true) {
        Optional<SegmentInfo> info = objects.info(path);
        if (info.isPresent() && isReady(path, info.get(), number, part)) {
          return found(path, info.get());
        }
        if (info.isEmpty() && !hints.containsValue(path)) {
          return error(404, "there is no " + path);
        }
        if (info.isPresent() && number.getAsLong() > info.get().number() + MAX_AHEAD) {
          return error(400, "_HLS_msn is too far ahead");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0 || closed) {
          return error(503, path + " is not ready");
        }
        lock.wait(millis);
      }
    }
  }

  private static OptionalLong directive(@Nullable String query, String name) {
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return OptionalLong.of(Long.parseLong(pair.substring(name.length() + 1)));
        }
      }
    }
    return OptionalLong.empty();
  }

  private boolean isReady(String path, SegmentInfo info, OptionalLong number, OptionalLong part) {
    if (number.isEmpty()
        || info.kind() != SegmentKind.MEDIA_PLAYLIST
        || endedPlaylists.contains(path)) {
      return true;
    }
    long wanted = number.getAsLong();
    return info.number() > wanted
        || (info.number() == wanted && part.isPresent() && info.part() > part.getAsLong());
  }

  private Response found(String path, SegmentInfo info) {
    boolean fixed =
        switch (info.kind()) {
          case INIT, SEGMENT, PART -> true;
          case MEDIA_PLAYLIST, MAIN_PLAYLIST, MANIFEST -> false;
        };
    return new Response(
        200,
        info.contentType(),
        fixed ? "max-age=3600" : "no-cache",
        objects.get(path).orElseThrow());
  }

  private static Response error(int status, String text) {
    return new Response(
        status, "text/plain", "no-cache", ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer());
  }

  /** Releases all requests that are held: call it when the server stops. */
  public void stopHolding() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }

  /** {@return the names of the objects that it holds, in alphabetical order} */
  public Set<String> names() {
    return objects.names();
  }

  @Override
  public boolean holdsRequests() {
    return true;
  }

  @Override
  public Entry create(String name, SegmentInfo info) {
    Entry entry = objects.create(name, info);
    return new Entry() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        entry.write(bytes);
      }

      @Override
      public void commit() throws IOException {
        synchronized (lock) {
          entry.commit();
          if (info.kind() == SegmentKind.MEDIA_PLAYLIST) {
            readPlaylist(name);
          }
          lock.notifyAll();
        }
      }

      @Override
      public void close() throws IOException {
        entry.close();
      }
    };
  }

  private void readPlaylist(String name) {
    String text = UTF_8.decode(objects.get(name).orElseThrow()).toString();
    Matcher hint = HINT.matcher(text);
    if (hint.find()) {
      hints.put(name, resolve(name, hint.group(1)));
    } else {
      hints.remove(name);
    }
    if (text.contains(END)) {
      endedPlaylists.add(name);
    }
  }

  /** Returns the name of the object to which a playlist refers. */
  private static String resolve(String playlist, String reference) {
    try {
      URI base = new URI(null, null, "/" + playlist, null);
      return base.resolve(reference).getPath().substring(1);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    synchronized (lock) {
      objects.delete(name);
    }
  }
}
