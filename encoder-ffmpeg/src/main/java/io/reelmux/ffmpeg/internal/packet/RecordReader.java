package io.reelmux.ffmpeg.internal.packet;

import java.util.Arrays;
import java.util.List;

/** Reads a decoder configuration record, and refuses one that ends early. */
final class RecordReader {
  private final String codec;
  private final byte[] bytes;
  private int at;

  RecordReader(String codec, byte[] bytes) {
    this.codec = codec;
    this.bytes = bytes;
  }

  int next() {
    skip(1);
    return bytes[at - 1] & 0xff;
  }

  int nextShort() {
    return (next() << 8) | next();
  }

  void skip(int count) {
    if (bytes.length - at < count) {
      throw damaged();
    }
    at += count;
  }

  /** Reads units with lengths of two bytes. */
  void units(int count, List<byte[]> units) {
    for (int i = 0; i < count; i++) {
      int length = nextShort();
      if (length == 0) {
        throw damaged();
      }
      skip(length);
      units.add(Arrays.copyOfRange(bytes, at - length, at));
    }
  }

  IllegalArgumentException damaged() {
    return damaged(codec, bytes);
  }

  static IllegalArgumentException damaged(String codec, byte[] extradata) {
    return new IllegalArgumentException(
        "extradata of "
            + extradata.length
            + " bytes is neither a complete decoder configuration record of "
            + codec
            + " nor parameter sets in Annex B");
  }
}
