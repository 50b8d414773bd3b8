package io.reelmux;

import io.reelmux.testing.ForwardingChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A caller's channel over a file that follows a {@link Script}: isOpen, read, write, close. A write
 * accepts at most {@code portion} bytes.
 */
public final class ScriptedChannel extends ForwardingChannel {
  public final Script script = new Script();
  public int portion = Integer.MAX_VALUE;

  public ScriptedChannel(Path path) throws IOException {
    super(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    script.call("read");
    return super.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    script.call("write");
    int count = Math.min(portion, source.remaining());
    ByteBuffer part = source.slice(source.position(), count);
    source.position(source.position() + count);
    while (part.hasRemaining()) {
      super.write(part);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    try {
      script.call("isOpen");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.isOpen();
  }

  @Override
  public void close() throws IOException {
    script.call("close");
    super.close();
  }
}
