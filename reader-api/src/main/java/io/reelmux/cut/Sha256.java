package io.reelmux.cut;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums, in hexadecimal digits. */
final class Sha256 {
  private static final int START_DIGITS = 16;
  private static final int BUFFER_BYTES = 1 << 16;

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  /** Returns the first 16 digits of the sum of the parts, which tell them from others by far. */
  static String start(byte[]... parts) {
    MessageDigest digest = digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return hex(digest).substring(0, START_DIGITS);
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Says that bytes are not those that were encoded. */
  static String difference(String location, String sum, String expected) {
    return location
        + " has been damaged or replaced since it was encoded: its SHA-256 sum is "
        + sum
        + " instead of "
        + expected;
  }

  /** Returns the sum of all bytes. */
  static String of(SourceOpener source) throws IOException {
    try (ByteSource bytes = source.open()) {
      return of(bytes);
    }
  }

  /** Returns the sum of all bytes of a source that can seek. */
  static String of(ByteSource source) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long position = 0;
    int count = source.read(position, buffer);
    while (count >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
      position += count;
      count = source.read(position, buffer);
    }
    return hex(digest);
  }
}
