package io.reelmux;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A store in memory, from which a server can serve. May be read from any thread. */
public final class MemoryStore implements SegmentStore {
  private final ConcurrentHashMap<String, Stored> objects = new ConcurrentHashMap<>();

  private record Stored(SegmentInfo info, ByteBuffer bytes) {}

  /** Creates an empty store. */
  public MemoryStore() {}

  /**
   * Returns an object.
   *
   * @param name its name
   * @return its bytes, read-only; empty if there is no such object
   */
  public Optional<ByteBuffer> get(String name) {
    return Optional.ofNullable(objects.get(name)).map(stored -> stored.bytes.duplicate());
  }

  /**
   * Returns what an object is.
   *
   * @param name its name
   * @return its description; empty if there is no such object
   */
  public Optional<SegmentInfo> info(String name) {
    return Optional.ofNullable(objects.get(name)).map(Stored::info);
  }

  /**
   * Returns the names of all objects.
   *
   * @return a copy, in alphabetical order
   */
  public Set<String> names() {
    return new TreeSet<>(objects.keySet());
  }

  @Override
  public Entry create(String name, SegmentInfo info) {
    return new MemoryEntry(SegmentStore.checkName(name), Objects.requireNonNull(info, "info"));
  }

  @Override
  public void delete(String name) throws IOException {
    if (objects.remove(name) == null) {
      throw new FileNotFoundException(name);
    }
  }

  private final class MemoryEntry implements Entry {
    private final String name;
    private final SegmentInfo info;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    MemoryEntry(String name, SegmentInfo info) {
      this.name = name;
      this.info = info;
    }

    @Override
    public void write(ByteBuffer more) {
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void commit() {
      objects.put(name, new Stored(info, ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer()));
    }

    @Override
    public void close() {}
  }
}
