package io.reelmux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of an object in a {@link LiveStore}, which may grow. Guarded by the store's lock. */
final class LiveBytes {
  private final String name;

  /** As they were written, read-only; none anymore if the bytes are gone. */
  private final List<ByteBuffer> pieces = new ArrayList<>();

  private int count;
  private long size;
  private boolean complete;

  /** Why the bytes cannot be read anymore. */
  private @Nullable String gone;

  LiveBytes(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  boolean isComplete() {
    return complete;
  }

  /** Adds a piece, and takes it over. */
  void add(byte[] bytes) {
    pieces.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    count++;
    size += bytes.length;
  }

  /** Nothing follows. */
  void complete() {
    complete = true;
  }

  /** Releases the bytes, also for those who are reading them. */
  void drop(String why) {
    gone = name + " " + why;
    pieces.clear();
  }

  /** Returns whether {@link #read} has an answer. */
  boolean canRead(int piece) {
    return piece < count || complete || gone != null;
  }

  /**
   * Returns a piece that can be read.
   *
   * @return empty after the last one
   * @throws IOException if the bytes are gone
   */
  Optional<ByteBuffer> read(int piece) throws IOException {
    if (complete && piece >= count) {
      return Optional.empty();
    }
    if (gone != null) {
      throw new IOException(gone);
    }
    return Optional.of(pieces.get(piece).duplicate());
  }
}
