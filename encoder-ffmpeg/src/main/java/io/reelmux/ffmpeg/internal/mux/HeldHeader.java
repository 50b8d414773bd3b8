package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ByteArrayOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * First stage: keeps the header in memory while the streams are checked, and until it is complete.
 */
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
    throw new IOException("nothing but the header is written yet");
  }

  @Override
  public void complete(long end) throws IOException {
    throw new IOException("nothing but the header is written yet");
  }

  /** Returns the header. */
  byte[] bytes() {
    return header.toByteArray();
  }
}
