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
   * Copies a file whose name is to become another one, which {@link DatasetDirectory} or {@link
   * #publish} does. Its directory has to exist, and the file must not.
   *
   * @param pending its name until then
   * @param published its name then
   * @throws IOException if it cannot be copied as a whole; what there is of the copy is deleted
   */
  public static StoredFile copy(
      java.nio.file.Path local, Path pending, Path published, Configuration configuration)
      throws IOException {
    return copy(local, HadoopFiles.of(pending, configuration), pending, published);
  }

  static StoredFile copy(java.nio.file.Path local, FileSystem files, Path pending, Path published)
      throws IOException {
    return copy(
        local,
        PendingFile.create(files, pending, published),
        bytes -> PendingFile.requireLength(files, pending, bytes),
        () -> PendingFile.delete(files, pending, published));
  }

  /** Gives a copied file its name, in the file system that it is in. Never replaces one. */
  public static void publish(FileSystem files, Path pending, Path published) throws IOException {
    PendingFile.publish(files, pending, published);
  }

  /**
   * Copies a file. Its directory has to exist, and the file must not: attempts that outlive their
   * job fail here.
   *
   * @throws IOException if it cannot be copied as a whole; what there is of the copy is deleted
   */
  public static StoredFile copy(java.nio.file.Path local, Path target, Configuration configuration)
      throws IOException {
    FileSystem files = HadoopFiles.of(target, configuration);
    return copy(
        local,
        files.createFile(target).overwrite(false).build(),
        bytes -> HadoopFiles.requireLength(files, target, bytes),
        () -> HadoopFiles.delete(files, target));
  }

  /** Refuses a copy that has not all bytes. */
  private interface LengthCheck {
    void require(long bytes) throws IOException;
  }

  /** Deletes what there is of a copy. */
  private interface Deletion {
    void run() throws IOException;
  }

  private static StoredFile copy(
      java.nio.file.Path local, OutputStream created, LengthCheck length, Deletion deletion)
      throws IOException {
    MessageDigest digest = newDigest();
    try {
      long bytes;
      try (OutputStream out = created;
          InputStream in = new DigestInputStream(Files.newInputStream(local), digest)) {
        bytes = in.transferTo(out);
      }
      length.require(bytes);
      return new StoredFile(bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (Throwable e) {
      deleteAfter(e, deletion);
      throw e;
    }
  }

  private static void deleteAfter(Throwable reason, Deletion deletion) {
    try {
      deletion.run();
    } catch (IOException | RuntimeException e) {
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
