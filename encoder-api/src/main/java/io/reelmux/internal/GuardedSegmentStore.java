package io.reelmux.internal;

import io.reelmux.SegmentInfo;
import io.reelmux.SegmentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The caller's store, wrapped so that {@code cancel()} and the deadline can interrupt it. Entries
 * are closed even then, so that none is left half written.
 */
public final class GuardedSegmentStore implements SegmentStore {
  private final InterruptibleCall call = new InterruptibleCall("segment store");
  private final WeakCallerRef<SegmentStore> store;
  private final boolean holdsRequests;
  private final @Nullable Path directory;
  private OpenFiles.@Nullable Claim claim;

  /**
   * Refers weakly to the store.
   *
   * @param directory into which the store writes; null if that is not known
   */
  public GuardedSegmentStore(SegmentStore store, @Nullable Path directory) {
    this.store = new WeakCallerRef<>(store);
    this.holdsRequests = store.holdsRequests();
    this.directory = directory;
  }

  /** Keeps others of this process from writing into the directory until it is released. */
  synchronized void claim() throws IOException {
    if (directory != null && claim == null) {
      claim = OpenFiles.writingInto(directory, this);
    }
  }

  synchronized void release() {
    if (claim != null) {
      claim.close();
    }
  }

  @Override
  public Entry create(String name, SegmentInfo info) throws IOException {
    SegmentStore target = store.get();
    AtomicReference<Entry> created = new AtomicReference<>();
    call.run(() -> created.set(target.create(name, info)));
    Entry entry = created.get();
    if (entry == null) {
      throw new IOException("SegmentStore.create() returned null for '" + name + "'");
    }
    return new GuardedEntry(entry);
  }

  @Override
  public void delete(String name) throws IOException {
    SegmentStore target = store.get();
    call.run(() -> target.delete(name));
  }

  @Override
  public void abandon(String name) {
    try {
      // calls are refused after a cancellation, of which this one tells
      store.get().abandon(name);
    } catch (IOException e) {
      // the store has been collected, and nobody waits for it
    }
  }

  @Override
  public boolean holdsRequests() {
    return holdsRequests;
  }

  /** The calls of the caller's code. */
  InterruptibleCall call() {
    return call;
  }

  private final class GuardedEntry implements Entry {
    private final Entry entry;

    GuardedEntry(Entry entry) {
      this.entry = entry;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      call.run(() -> entry.write(bytes));
    }

    @Override
    public void commit() throws IOException {
      call.run(entry::commit);
    }

    @Override
    public void close() throws IOException {
      // calls are refused after a cancellation, but what is open must be dropped then
      entry.close();
    }
  }
}
