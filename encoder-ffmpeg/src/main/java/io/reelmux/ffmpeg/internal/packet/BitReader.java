package io.reelmux.ffmpeg.internal.packet;

/** Reads bits, the highest first; zeros beyond the end. */
final class BitReader {
  private final byte[] bytes;
  private long at;

  /**
   * A reader.
   *
   * @param from index of the first byte
   */
  BitReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = 8L * from;
  }

  long read(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int index = (int) (at >> 3);
      int bit = index < bytes.length ? (bytes[index] >> (7 - (at & 7))) & 1 : 0;
      value = (value << 1) | bit;
      at++;
    }
    return value;
  }

  boolean readFlag() {
    return read(1) == 1;
  }

  /** Reads the prefix code of AV1's uvlc(). */
  void skipUvlc() {
    int zeros = 0;
    while (zeros < 32 && !readFlag()) {
      zeros++;
    }
    read(zeros < 32 ? zeros : 0);
  }
}
