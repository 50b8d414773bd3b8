package io.reelmux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A caller's channel over a file that follows a {@link Script}: isOpen, read, write, close. A write
 * accepts at most {@code portion} bytes.
 */
final class ScriptedChannel implements SeekableByteChannel {
  final Script script = new Script();
  int portion = Integer.MAX_VALUE;
  private final FileChannel file;

  ScriptedChannel(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    script.call("read");
    return file.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    script.call("write");
    int count = Math.min(portion, source.remaining());
    ByteBuffer part = source.slice(source.position(), count);
    source.position(source.position() + count);
    while (part.hasRemaining()) {
      file.write(part);
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    file.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    try {
      script.call("isOpen");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    script.call("close");
    file.close();
  }
}
