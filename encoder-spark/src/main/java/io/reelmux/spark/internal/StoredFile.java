package io.reelmux.spark.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A local file that has been copied to a Hadoop file system.
 *
 * @param bytes its size
 * @param sha256 the SHA-256 sum of what was copied, in hexadecimal digits
 */
public record StoredFile(long bytes, String sha256) {

  /**
   * Copies a file. Its directory has to exist, and the file must not: attempts that outlive their
   * job fail here.
   *
   * @throws IOException if it cannot be copied as a whole; what there is of the copy is deleted
   */
  public static StoredFile copy(java.nio.file.Path local, Path target, Configuration configuration)
      throws IOException {
    FileSystem files = HadoopFiles.of(target, configuration);
    MessageDigest digest = newDigest();
    OutputStream created = files.createFile(target).overwrite(false).build();
    try {
      long bytes;
      try (OutputStream out = created;
          InputStream in = new DigestInputStream(Files.newInputStream(local), digest)) {
        bytes = in.transferTo(out);
      }
      requireLength(files, target, bytes);
      return new StoredFile(bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (Throwable e) {
      deleteAfter(e, files, target);
      throw e;
    }
  }

  private static void requireLength(FileSystem files, Path target, long bytes) throws IOException {
    long stored = files.getFileStatus(target).getLen();
    if (stored != bytes) {
      throw new IOException(target + " has " + stored + " of " + bytes + " bytes");
    }
  }

  private static void deleteAfter(Throwable reason, FileSystem files, Path target) {
    try {
      HadoopFiles.delete(files, target);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }
}
