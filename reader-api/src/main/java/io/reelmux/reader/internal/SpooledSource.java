package io.reelmux.reader.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose bytes are kept once they have been read: the first ones in memory, the others in a
 * temporary file.
 */
public final class SpooledSource implements TrustedSource {
  private static final int BUFFER_SIZE = 1 << 16;

  private final InputStream stream;
  private final int memoryBytes;
  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER_SIZE];

  private byte[] memory = new byte[0];
  private @Nullable Path path;
  private @Nullable RandomAccessFile file;
  private long spooled;
  private boolean atEnd;
  private boolean closed;

  /** Bytes that were read but could not be kept are lost. */
  private @Nullable IOException lost;

  /** A stream that is not closed here. */
  public SpooledSource(InputStream stream, int memoryBytes, Path folder) {
    this.stream = stream;
    this.memoryBytes = memoryBytes;
    this.folder = folder;
  }

  @Override
  public long size() throws IOException {
    ChannelSource.acquire(lock);
    try {
      return atEnd ? spooled : -1;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    ChannelSource.acquire(lock);
    try {
      if (closed) {
        throw new IOException("the source has been closed");
      }
      while (position >= spooled && !atEnd) {
        spoolMore();
      }
      return position >= spooled ? -1 : readSpooled(position, target);
    } finally {
      lock.unlock();
    }
  }

  private void spoolMore() throws IOException {
    if (lost != null) {
      throw new IOException("the stream could not be spooled", lost);
    }
    int read = stream.read(buffer, 0, buffer.length);
    if (read < 0) {
      atEnd = true;
      return;
    }
    if (read == 0 || read > buffer.length) {
      throw new IOException(
          "the stream returned " + read + " bytes: must be 1 to " + buffer.length + ", or -1");
    }
    try {
      keep(read);
    } catch (IOException e) {
      lost = e;
      throw e;
    }
    spooled += read;
  }

  private void keep(int count) throws IOException {
    int inMemory = (int) Math.min(count, Math.max(memoryBytes - spooled, 0));
    keepInMemory(inMemory);
    if (count > inMemory) {
      RandomAccessFile spool = spoolFile();
      spool.seek(spooled + inMemory - memoryBytes);
      spool.write(buffer, inMemory, count - inMemory);
    }
  }

  private void keepInMemory(int count) {
    if (count == 0) {
      return;
    }
    int from = (int) spooled;
    if (from + count > memory.length) {
      long doubled = Math.min(Math.max(2L * memory.length, BUFFER_SIZE), memoryBytes);
      memory = Arrays.copyOf(memory, (int) Math.max(doubled, from + count));
    }
    System.arraycopy(buffer, 0, memory, from, count);
  }

  private RandomAccessFile spoolFile() throws IOException {
    RandomAccessFile open = file;
    if (open == null) {
      Path created = Files.createTempFile(folder, "reelmux-", ".spool");
      path = created;
      open = new RandomAccessFile(created.toFile(), "rw");
      file = open;
      deleteEarly(created);
    }
    return open;
  }

  /** Where open files can be deleted, nothing is left even if the JVM is killed. */
  private static void deleteEarly(Path created) {
    try {
      Files.deleteIfExists(created);
    } catch (IOException e) {
      // not on this system: close() deletes it
    }
  }

  private int readSpooled(long position, ByteBuffer target) throws IOException {
    int count = (int) Math.min(target.remaining(), spooled - position);
    if (position < memoryBytes) {
      int inMemory = (int) Math.min(count, memoryBytes - position);
      target.put(memory, (int) position, inMemory);
      return inMemory;
    }
    RandomAccessFile spool = spoolFile();
    spool.seek(position - memoryBytes);
    int read = spool.read(buffer, 0, Math.min(count, buffer.length));
    if (read > 0) {
      target.put(buffer, 0, read);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      memory = new byte[0];
      RandomAccessFile open = file;
      Path created = path;
      if (open != null && created != null) {
        open.close();
        Files.deleteIfExists(created);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Names the stream. */
  @Override
  public String toString() {
    return "the spooled stream " + stream;
  }
}
