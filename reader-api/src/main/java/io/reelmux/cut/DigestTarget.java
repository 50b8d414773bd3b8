package io.reelmux.cut;

import io.reelmux.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;

/** Where a chunk, or audio, is encoded to, and the sum of the bytes that were written. */
interface DigestTarget {

  /** Opens the encoder's output. */
  void open(Encoder encoder, String format) throws IOException;

  /** Returns the SHA-256 sum, once the encoder has finished. */
  String sha256() throws IOException;

  /**
   * Returns a file. Since parts of it are written again at the end, it is read once it is complete,
   * and deleted if that fails.
   */
  static DigestTarget of(Path file) {
    return new DigestTarget() {
      @Override
      public void open(Encoder encoder, String format) throws IOException {
        encoder.openFile(file, format);
      }

      @Override
      public String sha256() throws IOException {
        boolean complete = false;
        try {
          String sum = Sha256.of(SourceOpener.of(file));
          complete = true;
          return sum;
        } finally {
          if (!complete) {
            Files.deleteIfExists(file);
          }
        }
      }
    };
  }

  /** Returns a stream, which is written in order even if it can seek. */
  static DigestTarget of(OutputStream stream) {
    DigestOutputStream counted = new DigestOutputStream(stream, Sha256.digest());
    return new DigestTarget() {
      @Override
      public void open(Encoder encoder, String format) throws IOException {
        encoder.openFileLike(counted, format);
      }

      @Override
      public String sha256() {
        return Sha256.hex(counted.getMessageDigest());
      }
    };
  }
}
