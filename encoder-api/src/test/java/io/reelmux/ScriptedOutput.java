package io.reelmux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A caller's append-only stream that follows a {@link Script}: write, flush, close. */
public final class ScriptedOutput extends OutputStream {
  public final Script script = new Script();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void write(int value) throws IOException {
    script.call("write");
    bytes.write(value);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    script.call("write");
    bytes.write(source, offset, length);
  }

  @Override
  public void flush() throws IOException {
    script.call("flush");
  }

  @Override
  public void close() throws IOException {
    script.call("close");
  }

  @Override
  public String toString() {
    return bytes.toString(StandardCharsets.US_ASCII);
  }
}
