package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Main stage: passes everything on to the caller's destination. */
final class DirectWrites implements SinkStage {
  private final Destination destination;

  /** The destination's position. */
  private long current;

  /**
   * A stage for a destination that has been started.
   *
   * @param current its position
   */
  DirectWrites(Destination destination, long current) {
    this.destination = destination;
    this.current = current;
  }

  @Override
  public void write(long position, ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    destination.write(bytes);
    current = position + length;
  }

  @Override
  public void seek(long position) throws IOException {
    destination.seek(position);
    current = position;
  }

  @Override
  public int read(long position, ByteBuffer bytes) throws IOException {
    destination.seek(position);
    current = position;
    int count = destination.read(bytes);
    current += Math.max(0, count);
    return count;
  }

  @Override
  public void complete(long end) throws IOException {
    if (current != end) {
      destination.seek(end);
    }
    destination.complete();
  }
}
