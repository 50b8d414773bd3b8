package io.reelmux;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A store in a directory of the file system. */
final class DirectoryStore implements SegmentStore {
  private final Path directory;

  /** Two entries with one name may be open at once. */
  private final AtomicLong entries = new AtomicLong();

  DirectoryStore(Path directory) {
    this.directory = Objects.requireNonNull(directory, "directory");
  }

  Path directory() {
    return directory;
  }

  @Override
  public Entry create(String name, SegmentInfo info) throws IOException {
    Path file = directory.resolve(SegmentStore.checkName(name));
    Path parent = Objects.requireNonNullElse(file.getParent(), directory);
    Files.createDirectories(directory);
    checkInside(closestExisting(parent));
    Files.createDirectories(parent);
    String temporary = "." + file.getFileName() + "." + entries.incrementAndGet() + ".tmp";
    return new FileEntry(parent.resolve(temporary), file);
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = directory.resolve(SegmentStore.checkName(name));
    checkInside(Objects.requireNonNullElse(file.getParent(), directory));
    Files.delete(file);
  }

  private static Path closestExisting(Path path) {
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNull(existing.getParent(), "the directory exists");
    }
    return existing;
  }

  private void checkInside(Path parent) throws IOException {
    if (!parent.toRealPath().startsWith(directory.toRealPath())) {
      throw new IOException("'" + parent + "' is a link that leads out of '" + directory + "'");
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  private static final class FileEntry implements Entry {
    private final Path temporary;
    private final Path file;
    private final FileChannel channel;
    private boolean done;

    FileEntry(Path temporary, Path file) throws IOException {
      this.temporary = temporary;
      this.file = file;
      // a process that was killed may have left a file with this name
      this.channel = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void commit() throws IOException {
      channel.close();
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    }

    @Override
    public void close() throws IOException {
      if (done) {
        return;
      }
      done = true;
      try {
        channel.close();
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
