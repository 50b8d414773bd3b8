package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ByteArrayOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Last stage of a crash-safe MP4: collects the data past the end, and changes to data already
 * written.
 *
 * <p>Note [the end of a crash-safe MP4]. The muxer turns the index at the start into part of the
 * media data before it writes the new index at the end: if the disk is full at that point, the
 * whole file is lost. So the data past the end is written first, and the changes come last.
 */
final class DeferredTail implements SinkStage {
  private final SinkStage target;
  private final long start;
  private final Consumer<byte[]> change;
  private final ByteArrayOutput tail = new ByteArrayOutput();
  private final List<Patch> patches = new ArrayList<>();

  /**
   * A stage without data.
   *
   * @param target the stage that everything is written to in the end
   * @param start length of the file so far
   * @param change changes the end of the file before it is written
   */
  DeferredTail(SinkStage target, long start, Consumer<byte[]> change) {
    this.target = target;
    this.start = start;
    this.change = change;
  }

  /** A change to data that is already written. */
  private static final class Patch {
    private final long position;
    private final byte[] bytes;

    Patch(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }
  }

  @Override
  public void write(long position, ByteBuffer bytes) throws IOException {
    int before = (int) Math.min(bytes.remaining(), Math.max(0, start - position));
    if (before > 0) {
      patches.add(new Patch(position, take(bytes, before)));
    }
    if (bytes.hasRemaining()) {
      tail.seek(Math.max(0, position - start));
      tail.write(take(bytes, bytes.remaining()));
    }
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] copy = new byte[count];
    bytes.get(copy);
    return copy;
  }

  @Override
  public void seek(long position) {
    // write() receives the position
  }

  @Override
  public int read(long position, ByteBuffer bytes) throws IOException {
    throw new IOException("the end of the file has not been written");
  }

  @Override
  public void complete(long end) throws IOException {
    byte[] bytes = tail.toByteArray();
    change.accept(bytes);
    write(start, bytes);
    for (Patch patch : patches) {
      write(patch.position, patch.bytes);
    }
    target.complete(end);
  }

  private void write(long position, byte[] bytes) throws IOException {
    target.seek(position);
    target.write(position, ByteBuffer.wrap(bytes));
  }
}
