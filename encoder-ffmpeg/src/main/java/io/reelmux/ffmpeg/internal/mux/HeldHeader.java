package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ByteArrayOutput;
import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;

/** First stage: keeps the header in memory while the streams are checked. */
final class HeldHeader implements SinkStage {
  private final ByteArrayOutput header = new ByteArrayOutput();

  @Override
  public void write(long position, ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    header.seek(position);
    header.write(copy);
  }

  @Override
  public void seek(long position) {
    // write() receives the position
  }

  @Override
  public int read(long position, ByteBuffer bytes) throws IOException {
    throw new IOException("the destination has not been started");
  }

  @Override
  public void complete(long end) throws IOException {
    throw new IOException("the destination has not been started");
  }

  /** Starts a destination and writes the header to it. */
  void start(Destination destination) throws IOException {
    destination.start();
    ByteBuffer bytes = header.asByteBuffer();
    if (bytes.hasRemaining()) {
      destination.write(bytes);
    }
  }
}
