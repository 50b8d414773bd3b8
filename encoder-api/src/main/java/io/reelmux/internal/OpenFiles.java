package io.reelmux.internal;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files and directories that this process writes, and the files that it reads: two encoders
 * would write into each other, and a reader would meet what it does not expect.
 *
 * <p>A file is known by its key, which all its links share, and by its real path, where it does not
 * exist yet or the file system has no keys. Thread-safe; whoever has opened a file is referred to
 * weakly, so that nothing is held for one who never closes it. No other process is seen.
 */
public final class OpenFiles {
  /** Guarded by itself. */
  private static final Set<Claim> CLAIMS = Collections.newSetFromMap(new IdentityHashMap<>());

  private static final ReferenceQueue<Object> FORGOTTEN = new ReferenceQueue<>();

  private OpenFiles() {}

  /**
   * States that a file is read. It may be written already: what grows can be read.
   *
   * @param reader the claim lasts no longer than this object is reachable
   */
  public static Claim reading(Path path, Object reader) {
    Object key = key(path);
    // a file that takes the path of one that is read is another one, if files have keys
    return add(new Claim(reader, /* writes= */ false, key == null ? RealPath.of(path) : null, key));
  }

  /**
   * Claims a file before it is written.
   *
   * @param writer the claim lasts no longer than this object is reachable
   * @throws FileSystemException if it is written or read; nothing has been touched
   */
  static Claim writing(Path path, Object writer) throws FileSystemException {
    return claim(path, key(path), writer);
  }

  /**
   * Claims a directory before files are written into it.
   *
   * @param writer the claim lasts no longer than this object is reachable
   * @throws FileSystemException if another writes into it
   */
  static Claim writingInto(Path directory, Object writer) throws FileSystemException {
    // it has no hard links, and is not held open: its key may become that of another one
    return claim(directory, /* key= */ null, writer);
  }

  private static Claim claim(Path path, @Nullable Object key, Object writer)
      throws FileSystemException {
    Claim claim = new Claim(writer, /* writes= */ true, RealPath.of(path), key);
    synchronized (CLAIMS) {
      claim.refuse(path);
      return add(claim);
    }
  }

  private static Claim add(Claim claim) {
    synchronized (CLAIMS) {
      Object forgotten = FORGOTTEN.poll();
      while (forgotten != null) {
        CLAIMS.remove(forgotten);
        forgotten = FORGOTTEN.poll();
      }
      CLAIMS.add(claim);
      return claim;
    }
  }

  /** Null if the file does not exist, or its file system has no keys. */
  private static @Nullable Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      // the real path tells it apart
      return null;
    }
  }

  /** One file that is open. Ends when it is closed; a second close does nothing. */
  public static final class Claim extends WeakReference<Object> implements Closeable {
    private final boolean writes;
    private @Nullable Path path;
    private @Nullable Object key;

    private Claim(Object owner, boolean writes, @Nullable Path path, @Nullable Object key) {
      super(owner, FORGOTTEN);
      this.writes = writes;
      this.path = path;
      this.key = key;
    }

    /**
     * The file has been opened, and may have been created: only now can it be told from others by
     * its key.
     *
     * @param real its real path
     * @throws FileSystemException if it is another's; nothing must be written to it
     */
    void opened(Path real) throws FileSystemException {
      Object newKey = OpenFiles.key(real);
      synchronized (CLAIMS) {
        path = real;
        key = newKey;
        refuse(real);
      }
    }

    /** Whether the file at a path is the one that was opened. */
    boolean isAt(Path other) throws IOException {
      Object found = Files.readAttributes(other, BasicFileAttributes.class).fileKey();
      Path real = other.toRealPath();
      synchronized (CLAIMS) {
        return key != null ? key.equals(found) : real.equals(path);
      }
    }

    private void refuse(Path named) throws FileSystemException {
      for (Claim other : CLAIMS) {
        if (other != this && other.get() != null && isSame(other)) {
          throw new FileSystemException(
              named.toString(),
              null,
              other.writes
                  ? "is still written by another encoder of this process: close() that first, or"
                      + " choose another path"
                  : "is open in a MediaReader or ByteSource of this process: close() that first, or"
                      + " choose another path and move the file afterward");
        }
      }
    }

    private boolean isSame(Claim other) {
      return (key != null && key.equals(other.key)) || (path != null && path.equals(other.path));
    }

    @Override
    public void close() {
      synchronized (CLAIMS) {
        CLAIMS.remove(this);
      }
    }
  }
}
