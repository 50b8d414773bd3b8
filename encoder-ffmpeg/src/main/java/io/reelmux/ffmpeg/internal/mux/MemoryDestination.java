package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.spi.Destination;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects bytes until they are taken. */
final class MemoryDestination implements Destination {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Returns the bytes since the last call. */
  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  @Override
  public boolean seekable() {
    return false;
  }

  @Override
  public boolean readable() {
    return false;
  }

  @Override
  public void start() {}

  @Override
  public void write(ByteBuffer more) {
    byte[] copy = new byte[more.remaining()];
    more.get(copy);
    bytes.writeBytes(copy);
  }

  @Override
  public void seek(long position) {
    throw new UnsupportedOperationException("appends only");
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException("appends only");
  }

  @Override
  public void complete() {}
}
