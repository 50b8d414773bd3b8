package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Main stage: passes everything on to the caller's destination. */
final class DirectWrites implements SinkStage {
  private final Destination destination;

  /** A stage for a destination that has been started. */
  DirectWrites(Destination destination) {
    this.destination = destination;
  }

  @Override
  public void write(long position, ByteBuffer bytes) throws IOException {
    destination.write(bytes);
  }

  @Override
  public void seek(long position) throws IOException {
    destination.seek(position);
  }

  @Override
  public int read(long position, ByteBuffer bytes) throws IOException {
    destination.seek(position);
    return destination.read(bytes);
  }

  @Override
  public void complete(long end) throws IOException {
    if (destination.seekable()) {
      destination.seek(end);
    }
    destination.complete();
  }
}
