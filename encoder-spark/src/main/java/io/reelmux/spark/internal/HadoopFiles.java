package io.reelmux.spark.internal;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Hadoop's file systems, without what is surprising about them. */
public final class HadoopFiles {
  private static final int MAX_DELETES = 10;

  private HadoopFiles() {}

  /**
   * Returns the file system of a path. The local one without checksums, whose hidden {@code .crc}
   * files would lie beside the clips.
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** Renames a file. Unlike Hadoop's, never replaces one, and throws if it fails. */
  public static void rename(FileSystem files, Path from, Path to) throws IOException {
    if (files.exists(to)) {
      throw new IOException("cannot rename " + from + ": " + to + " exists");
    }
    if (!files.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  /** Compares what has been stored with the number of bytes that were written. */
  static void requireLength(FileSystem files, Path file, long bytes) throws IOException {
    long stored = files.getFileStatus(file).getLen();
    if (stored != bytes) {
      throw new IOException(file + " has " + stored + " of " + bytes + " bytes");
    }
  }

  public static void mkdirs(FileSystem files, Path directory) throws IOException {
    if (!files.mkdirs(directory)) {
      throw new IOException("cannot create the directory " + directory);
    }
  }

  /** Deletes a file, or a directory with everything in it, if it exists. */
  public static void delete(FileSystem files, Path path) throws IOException {
    for (int tries = 1; !files.delete(path, true) && files.exists(path); tries++) {
      // an attempt that has not been stopped yet may have added a file meanwhile
      if (tries == MAX_DELETES) {
        throw new IOException("cannot delete " + path);
      }
    }
  }

  /** Deletes what is left of work that is done; if that fails, it does no harm. */
  public static void deleteLeftover(FileSystem files, Path path) {
    try {
      delete(files, path);
    } catch (IOException e) {
      System.getLogger("io.reelmux")
          .log(System.Logger.Level.WARNING, path + " is of no use, and could not be deleted", e);
    }
  }

  /** Returns what a directory contains; nothing if it does not exist. */
  static FileStatus[] list(FileSystem files, Path directory) throws IOException {
    return files.exists(directory) ? files.listStatus(directory) : new FileStatus[0];
  }
}
