package io.reelmux.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where {@link UploadService} keeps what it receives. */
final class UploadFile {
  private UploadFile() {}

  /** What the disk refuses, which is not the client's fault. */
  static final class StorageException extends IOException {
    private static final long serialVersionUID = 1;

    StorageException(IOException cause) {
      super(cause);
    }
  }

  /** Creates an empty file. */
  static Path create() throws StorageException {
    try {
      return Files.createTempFile("upload", ".media");
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }

  /** Stores the upload; returns false if it is too long. */
  static boolean receive(InputStream body, Path upload, long maxBytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = maxBytes;
    try (OutputStream file = Files.newOutputStream(upload)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        left -= n;
        if (left < 0) {
          return false;
        }
        store(file, buffer, n);
      }
      return true;
    }
  }

  private static void store(OutputStream file, byte[] buffer, int length) throws StorageException {
    try {
      file.write(buffer, 0, length);
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }
}
