package io.reelmux.spark.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.fs.BBPartHandle;
import org.apache.hadoop.fs.BBUploadHandle;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.PartHandle;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UploadHandle;

/**
 * A file that has been written and is not visible yet. It has another name and is renamed; but in
 * S3, whose renames copy the file, it is an upload to its own name that is still to be completed,
 * and the other name is that of a small file which says how.
 */
final class PendingFile {
  /** At least 5 MB for all but the last one; at most 10,000 make a file. */
  private static final int PART_BYTES = 16 << 20;

  private PendingFile() {}

  /** What completes an upload. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Upload(byte[] handle, byte[][] parts) implements Serializable {}

  /** Whether a rename copies, and uploads can wait. */
  private static boolean uploads(FileSystem files) {
    return "s3a".equals(files.getUri().getScheme());
  }

  /**
   * Creates a file. It is complete when the stream is closed.
   *
   * @param pending its name until it is published; must not exist
   * @param target its name then
   */
  static OutputStream create(FileSystem files, Path pending, Path target) throws IOException {
    return uploads(files)
        ? new UploadStream(files, pending, target)
        : files.createFile(pending).overwrite(false).build();
  }

  /** Compares what has been stored with the number of bytes that were written. */
  static void requireLength(FileSystem files, Path pending, long bytes) throws IOException {
    // of an upload, the store has confirmed each part, and checks all when it is completed
    if (!uploads(files)) {
      HadoopFiles.requireLength(files, pending, bytes);
    }
  }

  /**
   * Makes a file visible. Never replaces one. If that fails, an upload has been aborted: the store
   * would keep its parts.
   */
  static void publish(FileSystem files, Path pending, Path target) throws IOException {
    if (!uploads(files)) {
      HadoopFiles.rename(files, pending, target);
      return;
    }
    Upload upload = read(files, pending);
    Map<Integer, PartHandle> parts = new HashMap<>();
    for (byte[] part : upload.parts) {
      parts.put(parts.size() + 1, BBPartHandle.from(ByteBuffer.wrap(part)));
    }
    try (MultipartUploader uploader = files.createMultipartUploader(target.getParent()).build()) {
      UploadHandle handle = BBUploadHandle.from(ByteBuffer.wrap(upload.handle));
      try {
        if (files.exists(target)) {
          throw new IOException("cannot complete " + target + ": it exists");
        }
        await(uploader.complete(handle, target, parts));
      } catch (IOException | RuntimeException | Error e) {
        abortAfter(e, uploader, handle, target);
        throw e;
      }
    }
  }

  private static Upload read(FileSystem files, Path pending) throws IOException {
    try (InputStream in = files.open(pending)) {
      return ObjectBytes.read(in.readAllBytes(), Upload.class);
    }
  }

  /** Deletes a file that is not to be published, whether or not it is complete. */
  static void delete(FileSystem files, Path pending, Path target) throws IOException {
    try {
      // if it does not exist, its stream has aborted the upload
      if (uploads(files) && files.exists(pending)) {
        UploadHandle handle = BBUploadHandle.from(ByteBuffer.wrap(read(files, pending).handle));
        try (MultipartUploader uploader =
            files.createMultipartUploader(target.getParent()).build()) {
          await(uploader.abort(handle, target));
        }
      }
    } finally {
      HadoopFiles.delete(files, pending);
    }
  }

  /** Aborts an upload even if the thread has been interrupted. */
  private static void abortAfter(
      Throwable reason, MultipartUploader uploader, UploadHandle handle, Path target) {
    boolean interrupted = Thread.interrupted();
    try {
      await(uploader.abort(handle, target));
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends all uploads into a directory that have not been completed; the store keeps them else. */
  static void abortAll(FileSystem files, Path directory) throws IOException {
    if (uploads(files)) {
      try (MultipartUploader uploader = files.createMultipartUploader(directory).build()) {
        await(uploader.abortUploadsUnderPath(directory));
      }
    }
  }

  private static <T> T await(CompletableFuture<T> result) throws IOException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while storing a file", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Uploads part by part; writes at the end how to complete it, and aborts it if that or a part
   * fails. Used by one thread.
   */
  private static final class UploadStream extends OutputStream {
    private final FileSystem files;
    private final Path pending;
    private final Path target;
    private final MultipartUploader uploader;
    private final UploadHandle handle;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final List<byte[]> parts = new ArrayList<>();
    private boolean failed;
    private boolean closed;

    UploadStream(FileSystem files, Path pending, Path target) throws IOException {
      // the directory is deleted when its job ends: attempts that outlive it fail here
      files.getFileStatus(pending.getParent());
      this.files = files;
      this.pending = pending;
      this.target = target;
      this.uploader = files.createMultipartUploader(target.getParent()).build();
      this.handle = await(uploader.startUpload(target));
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
      if (buffer.size() >= PART_BYTES) {
        putPart(/* last= */ false);
      }
      buffer.write(data, from, count);
    }

    private void putPart(boolean last) throws IOException {
      byte[] part = buffer.toByteArray();
      buffer.reset();
      int number = parts.size() + 1;
      InputStream in = new ByteArrayInputStream(part);
      failed = true;
      PartHandle stored = await(uploader.putPart(handle, number, last, target, in, part.length));
      parts.add(PendingFile.bytes(stored.bytes()));
      failed = false;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (uploader) {
        try {
          complete();
        } catch (IOException | RuntimeException | Error e) {
          abortAfter(e, uploader, handle, target);
          throw e;
        }
      }
    }

    private void complete() throws IOException {
      if (failed) {
        throw new IOException("a part of " + target + " was not stored: its upload is aborted");
      }
      putPart(/* last= */ true);
      Upload upload = new Upload(PendingFile.bytes(handle.bytes()), parts.toArray(new byte[0][]));
      try (OutputStream out = files.createFile(pending).overwrite(false).build()) {
        out.write(ObjectBytes.of(upload));
      }
    }
  }
}
