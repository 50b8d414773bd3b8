package io.reelmux.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that the encoder opens itself. What an existing file holds is replaced by the first write
 * after the header: a refusal of the first frame has not lost it. Does not use a {@link
 * java.nio.channels.FileChannel}, which an interrupt of the writing thread would close for good,
 * losing the file.
 */
public final class FileDestination extends HostDestination {
  private final String wanted;
  private final Path path;
  private final boolean overwrite;
  private boolean created;

  /** Whether the file still holds what it held before: nothing but the header has been written. */
  private volatile boolean untouched;

  private byte[] header = {};
  private long position;
  private volatile @Nullable Path real;
  private volatile @Nullable RandomAccessFile file;
  private volatile OpenFiles.@Nullable Claim claim;
  private volatile List<String> notes = List.of();

  /** Opens nothing yet. */
  public FileDestination(Path path, boolean overwrite) {
    this.wanted = path.toString();
    this.path = path.toAbsolutePath();
    this.overwrite = overwrite;
  }

  @Override
  void check() throws IOException {
    checkPath();
    claim();
  }

  private void checkPath() throws IOException {
    Path parent = path.getParent();
    if (Files.isDirectory(path) || parent == null) {
      throw new AccessDeniedException(path.toString(), null, "is a directory, not a file");
    }
    if (!Files.exists(parent)) {
      String hint =
          NetworkAddress.isIn(wanted)
              ? "the directory does not exist; network addresses are not supported: open the"
                  + " connection and use openFileLike with its stream"
              : "the directory does not exist";
      throw new NoSuchFileException(parent.toString(), null, hint);
    }
    if (!Files.isDirectory(parent)) {
      throw new NotDirectoryException(parent.toString());
    }
    if (!Files.exists(path)) {
      if (!Files.isWritable(parent)) {
        throw new AccessDeniedException(parent.toString(), null, "the directory is not writable");
      }
      return;
    }
    if (!overwrite) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (!Files.isRegularFile(path)) {
      throw new FileSystemException(
          path.toString(),
          null,
          "is a pipe or a device, which cannot seek: open it with new FileOutputStream and use"
              + " openFileLike(stream, format)");
    }
    if (!Files.isWritable(path) || !hasWriteBit()) {
      throw new AccessDeniedException(path.toString(), null, "the file is read-only");
    }
  }

  /** Keeps others of this process from writing the file until it is closed. */
  private OpenFiles.Claim claim() throws IOException {
    OpenFiles.Claim own = claim;
    if (own == null) {
      own = OpenFiles.writing(path, this);
      claim = own;
    }
    return own;
  }

  /**
   * Whether anyone may write the file; a read-only file is left alone even if root could write it.
   */
  private boolean hasWriteBit() throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return true;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return permissions.contains(PosixFilePermission.OWNER_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public boolean readable() {
    return true;
  }

  @Override
  public void start() throws IOException {
    guarded(
        () -> {
          OpenFiles.Claim own = claim();
          boolean existed = Files.exists(path);
          if (!overwrite) {
            Files.createFile(path);
          }
          RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
          file = opened;
          // of a symbolic link, the file that it refers to: the link is not ours to delete
          Path target = path.toRealPath();
          own.opened(target);
          real = target;
          created = !existed;
          untouched = existed;
        });
  }

  @Override
  public void writeHeader(ByteBuffer bytes) throws IOException {
    if (!untouched) {
      write(bytes);
      return;
    }
    header = new byte[bytes.remaining()];
    bytes.get(header);
    position = header.length;
  }

  /** Empties the file, and writes the header that was held back. */
  private RandomAccessFile replaced() throws IOException {
    RandomAccessFile opened = open();
    if (untouched) {
      untouched = false;
      opened.setLength(0);
      opened.write(header);
      opened.seek(position);
      header = new byte[0];
    }
    return opened;
  }

  @Override
  void write(byte[] bytes, int length) throws IOException {
    guarded(() -> replaced().write(bytes, 0, length));
  }

  @Override
  public void seek(long target) throws IOException {
    if (untouched) {
      position = target;
      return;
    }
    guarded(() -> open().seek(target));
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    byte[] part = new byte[bytes.remaining()];
    int[] count = new int[1];
    guarded(() -> count[0] = replaced().read(part));
    if (count[0] > 0) {
      bytes.put(part, 0, count[0]);
    }
    return count[0];
  }

  @Override
  public void complete() throws IOException {
    guarded(
        () -> {
          RandomAccessFile opened = replaced();
          // while it is open, no other file has its key
          noteReplaced();
          opened.close();
          release();
        });
  }

  private void noteReplaced() {
    try {
      if (!claim().isAt(path)) {
        notes =
            List.of(
                path
                    + " is another file now: it was replaced while it was encoded, and what was"
                    + " encoded is no longer at this path");
      }
    } catch (NoSuchFileException e) {
      notes = List.of(path + " no longer exists: it was deleted or moved while it was encoded");
    } catch (IOException e) {
      notes = List.of("it is not known whether " + path + " is what was encoded: " + e);
    }
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  private void closeFile() {
    RandomAccessFile opened = file;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        // the file is being abandoned
      }
    }
  }

  private void release() {
    OpenFiles.Claim own = claim;
    if (own != null) {
      own.close();
    }
  }

  @Override
  void abandon() {
    closeFile();
    release();
  }

  @Override
  void withdraw() {
    if (created) {
      discard();
    } else {
      abandon();
    }
  }

  @Override
  boolean keepsOld() {
    // one of several outputs may not have been started yet
    return file == null ? Files.exists(path) : untouched;
  }

  @Override
  void discard() {
    if (untouched) {
      // what it holds is not ours to delete
      abandon();
      return;
    }
    Path written = real;
    real = null;
    try {
      // what has taken its place is not ours to delete
      boolean ours = written != null && claim().isAt(written);
      closeFile();
      if (ours && written != null) {
        Files.deleteIfExists(written);
      }
    } catch (NoSuchFileException e) {
      // it has been deleted already
    } catch (IOException e) {
      System.getLogger("io.reelmux")
          .log(System.Logger.Level.WARNING, "could not delete the unfinished file " + path, e);
    } finally {
      // no other encoder can create it before it is deleted
      abandon();
    }
  }

  private RandomAccessFile open() throws IOException {
    RandomAccessFile opened = file;
    if (opened == null) {
      throw new IOException(path + " is not open");
    }
    return opened;
  }
}
