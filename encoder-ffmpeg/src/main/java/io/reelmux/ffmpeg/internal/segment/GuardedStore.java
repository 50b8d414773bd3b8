package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentStore;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sits between a segmenter and the caller's store: remembers the first failure, and neither commits
 * nor deletes anything after it or after {@link #cancel}. What the store throws is thrown
 * unchanged. Used by one thread at a time, except for {@link #cancel}, {@link #bytes} and {@link
 * #names}.
 */
final class GuardedStore implements AutoCloseable {
  private final SegmentStore store;
  private final List<Open> open = new ArrayList<>();

  /** What has been committed and not deleted. */
  private final Map<String, SegmentKind> names = Collections.synchronizedMap(new LinkedHashMap<>());

  /** Playlists that announce what has not come. */
  private final Set<String> announcing = new LinkedHashSet<>();

  private volatile boolean canceled;
  private final AtomicLong bytes = new AtomicLong();
  private @Nullable Throwable failure;

  GuardedStore(SegmentStore store) {
    this.store = store;
  }

  /** What the store is asked to do. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Step<T> step) throws IOException {
    if (canceled) {
      throw new CancellationException("the encoder has been canceled");
    }
    if (failure != null) {
      throw new IOException("the store has already failed", failure);
    }
    try {
      return step.run();
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  /** Writes and commits an object. */
  void put(String name, SegmentInfo info, byte[] content) throws IOException {
    Open object = open(name, info);
    object.write(content);
    object.commit();
    if (info.announced().isEmpty()) {
      announcing.remove(name);
    } else {
      announcing.add(name);
    }
  }

  /** Begins an object, which is dropped unless it is committed. */
  Open open(String name, SegmentInfo info) throws IOException {
    Open object = new Open(name, info.kind(), guarded(() -> create(name, info)));
    open.add(object);
    return object;
  }

  private SegmentStore.Entry create(String name, SegmentInfo info) throws IOException {
    SegmentKind other = names.get(name);
    boolean rewritten =
        switch (info.kind()) {
          case MEDIA_PLAYLIST, MAIN_PLAYLIST, MANIFEST -> other == info.kind();
          case INIT, SEGMENT, PART -> false;
        };
    if ((other != null && !rewritten) || open.stream().anyMatch(o -> o.name.equals(name))) {
      throw new IOException(
          "SegmentNames gives %s %d of stream '%s' the name '%s', which another object in the store has: let names contain the whole number"
              .formatted(info.kind(), info.number(), info.stream(), name));
    }
    return store.create(name, info);
  }

  /** Deletes an object that has been committed. */
  void delete(String name) throws IOException {
    guarded(
        () -> {
          store.delete(name);
          return name;
        });
    names.remove(name);
  }

  /** An object that is being written. */
  final class Open {
    private final String name;
    private final SegmentKind kind;
    private final SegmentStore.Entry entry;
    private long size;

    private Open(String name, SegmentKind kind, SegmentStore.Entry entry) {
      this.name = name;
      this.kind = kind;
      this.entry = entry;
    }

    void write(byte[] content) throws IOException {
      write(ByteBuffer.wrap(content).asReadOnlyBuffer());
    }

    void write(ByteBuffer content) throws IOException {
      int length = content.remaining();
      guarded(
          () -> {
            entry.write(content);
            return entry;
          });
      size += length;
      bytes.addAndGet(length);
    }

    /** Makes the object visible, and closes it. */
    void commit() throws IOException {
      guarded(
          () -> {
            entry.commit();
            open.remove(this);
            names.put(name, kind);
            entry.close();
            return entry;
          });
    }

    String name() {
      return name;
    }

    long size() {
      return size;
    }
  }

  /** Returns whether the store can still be written. */
  boolean works() {
    return failure == null && !canceled;
  }

  /** Refuses all further work. May be called from any thread. */
  void cancel() {
    canceled = true;
  }

  /** Returns the bytes that have been written. May be called from any thread. */
  long bytes() {
    return bytes.get();
  }

  /**
   * Returns the names of the objects that have been committed and not deleted. May be called from
   * any thread.
   */
  List<String> names() {
    synchronized (names) {
      return List.copyOf(names.keySet());
    }
  }

  /** Drops all objects that have not been committed, and what has been announced. */
  @Override
  public void close() {
    List<Open> left = List.copyOf(open);
    open.clear();
    for (Open object : left) {
      last(object.entry::close);
    }
    List<String> abandoned = List.copyOf(announcing);
    announcing.clear();
    for (String name : abandoned) {
      last(() -> store.abandon(name));
    }
  }

  private void last(ThrowingRunnable<IOException> step) {
    try {
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      if (failure == null) {
        // nothing follows that could throw it
        System.getLogger("io.reelmux")
            .log(System.Logger.Level.WARNING, "a SegmentStore could not drop an object", e);
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }
  }
}
