package io.reelmux;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Distributes fragments to any number of viewers, who come and go. A viewer begins at the last
 * independent fragment, so that it has something to show at once, and takes fragments on a thread
 * of its own: no viewer slows down the encoder or another viewer. One that falls behind its limit
 * loses what is waiting for it and continues with the next independent fragment.
 *
 * <p>Thread-safe. Memory: the fragments since the last independent one, and what viewers leave
 * waiting, which is shared.
 *
 * <pre>{@code
 * try (LiveFragments.Viewer viewer = live.subscribe(8 << 20)) {
 *   exchange.getResponseHeaders().set("Content-Type", viewer.mimeType(Duration.ofSeconds(10)));
 *   exchange.sendResponseHeaders(200, 0); // of unknown length
 *   viewer.sendTo(exchange.getResponseBody());
 * }
 * }</pre>
 */
public final class LiveFragments implements FragmentListener, AutoCloseable {
  private final Object lock = new Object();
  private final List<Fragment> sinceIndependent = new ArrayList<>();
  private final Set<Viewer> viewers = new LinkedHashSet<>();
  private @Nullable ByteBuffer init;
  private String mimeType = "";
  private boolean ended;

  /** Creates a distributor without viewers. */
  public LiveFragments() {}

  @Override
  public void onInit(ByteBuffer header, String type) {
    synchronized (lock) {
      init = header.slice().asReadOnlyBuffer();
      mimeType = type;
      lock.notifyAll();
    }
  }

  @Override
  public void onFragment(Fragment fragment) {
    synchronized (lock) {
      if (fragment.independent()) {
        sinceIndependent.clear();
      }
      sinceIndependent.add(fragment);
      viewers.forEach(viewer -> viewer.offer(fragment));
      lock.notifyAll();
    }
  }

  @Override
  public void onEnd() {
    close();
  }

  @Override
  public void onAbort() {
    close();
  }

  /**
   * Ends the stream of all viewers, after the fragments that are waiting for them. An encoder does
   * this when it is finished, canceled or has failed.
   */
  @Override
  public void close() {
    synchronized (lock) {
      ended = true;
      lock.notifyAll();
    }
  }

  /**
   * Adds a viewer, which begins at the last independent fragment. May be called before the encoding
   * begins.
   *
   * @param maxBytes how many bytes may wait for it before it loses them; positive
   * @return the viewer
   */
  public Viewer subscribe(long maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes must be positive, not " + maxBytes);
    }
    synchronized (lock) {
      Viewer viewer = new Viewer(maxBytes);
      sinceIndependent.forEach(viewer::begin);
      if (!ended) {
        viewers.add(viewer);
      }
      return viewer;
    }
  }

  /** {@return the number of viewers that have not been closed} */
  public int viewers() {
    synchronized (lock) {
      return viewers.size();
    }
  }

  /** One viewer's place in the stream. Used by one thread at a time. */
  public final class Viewer implements AutoCloseable {
    private final long maxBytes;
    private final Deque<Fragment> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long dropped;

    /** Whether fragments that depend on earlier ones are of no use to it. */
    private boolean needsIndependent = true;

    private boolean closed;

    private Viewer(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    /** Adds what it begins with, which no limit keeps from it. */
    private void begin(Fragment fragment) {
      needsIndependent &= !fragment.independent();
      if (!needsIndependent) {
        add(fragment);
      }
    }

    private void offer(Fragment fragment) {
      if (!waiting.isEmpty() && waitingBytes + fragment.size() > maxBytes) {
        dropped += waiting.size();
        waiting.clear();
        waitingBytes = 0;
        needsIndependent = true;
      }
      if (needsIndependent && !fragment.independent()) {
        dropped++;
        return;
      }
      needsIndependent = false;
      add(fragment);
    }

    private void add(Fragment fragment) {
      waiting.add(fragment);
      waitingBytes += fragment.size();
    }

    /**
     * Waits for the header, and returns its type.
     *
     * @param wait the longest time to wait
     * @return the MIME type with the codecs
     * @throws IOException if it has not come in this time, or the stream has ended without it
     * @throws InterruptedException if the thread is interrupted
     */
    public String mimeType(Duration wait) throws IOException, InterruptedException {
      synchronized (lock) {
        awaitInit(wait);
        return mimeType;
      }
    }

    /**
     * Waits for the header, and returns it.
     *
     * @param wait the longest time to wait
     * @return the header, read-only
     * @throws IOException if it has not come in this time, or the stream has ended without it
     * @throws InterruptedException if the thread is interrupted
     */
    public ByteBuffer init(Duration wait) throws IOException, InterruptedException {
      synchronized (lock) {
        return awaitInit(wait).duplicate();
      }
    }

    private ByteBuffer awaitInit(Duration wait) throws IOException, InterruptedException {
      await(() -> init != null, wait);
      if (init == null) {
        throw new IOException(
            ended || closed
                ? "the stream has ended before it began"
                : "the stream has not begun within " + wait);
      }
      return Objects.requireNonNull(init);
    }

    /**
     * Waits for the next fragment, and returns it.
     *
     * @param wait the longest time to wait
     * @return the fragment; empty if none has come in this time or the stream has ended
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<Fragment> next(Duration wait) throws InterruptedException {
      synchronized (lock) {
        await(() -> !waiting.isEmpty(), wait);
        Fragment fragment = waiting.poll();
        if (fragment == null) {
          return Optional.empty();
        }
        waitingBytes -= fragment.size();
        return Optional.of(fragment);
      }
    }

    /** Waits, under the lock, until there is something or nothing will come. */
    private void await(BooleanSupplier isThere, Duration wait) throws InterruptedException {
      long deadline = System.nanoTime() + wait.toNanos();
      long left = wait.toNanos();
      while (!isThere.getAsBoolean() && !ended && !closed && left > 0) {
        lock.wait(left / 1_000_000, (int) (left % 1_000_000));
        left = deadline - System.nanoTime();
      }
    }

    /**
     * Writes the header and all fragments until the stream ends or this viewer is closed.
     *
     * @param stream receives them, and is flushed after each; it is not closed
     * @throws IOException if the stream throws it, for example because the viewer has left
     * @throws InterruptedException if the thread is interrupted
     */
    public void sendTo(OutputStream stream) throws IOException, InterruptedException {
      Duration patience = Duration.ofSeconds(30);
      WritableByteChannel channel = Channels.newChannel(stream);
      channel.write(init(patience));
      stream.flush();
      while (!ended()) {
        Optional<Fragment> fragment = next(patience);
        if (fragment.isPresent()) {
          channel.write(fragment.get().bytes());
          stream.flush();
        }
      }
    }

    /** {@return whether the stream has ended and nothing is waiting} */
    public boolean ended() {
      synchronized (lock) {
        return (ended || closed) && waiting.isEmpty();
      }
    }

    /** {@return how many fragments it has lost because it was too slow} */
    public long dropped() {
      synchronized (lock) {
        return dropped;
      }
    }

    /** Removes this viewer, and ends its stream. May be called from any thread. */
    @Override
    public void close() {
      synchronized (lock) {
        closed = true;
        waiting.clear();
        waitingBytes = 0;
        viewers.remove(this);
        lock.notifyAll();
      }
    }
  }
}
