package io.reelmux.ffmpeg.internal.packet;

import java.util.Arrays;
import java.util.Optional;

/** The sequence header of AV1 (AV1 specification, 5.5.1). */
final class Av1Sequence {
  private static final int SEQUENCE_HEADER = 1;
  private static final int AV1C_BYTES = 4;

  private final byte[] obu;
  private final int profile;
  private final int level;
  private final boolean highTier;

  private Av1Sequence(byte[] obu, int profile, int level, boolean highTier) {
    this.obu = obu;
    this.profile = profile;
    this.level = level;
    this.highTier = highTier;
  }

  /** Finds the sequence header in extradata, {@code av1C} or OBUs, or in a packet. */
  static Optional<Av1Sequence> in(byte[] data) {
    boolean isAv1c = data.length > AV1C_BYTES && (data[0] & 0xff) == 0x81;
    int at = isAv1c ? AV1C_BYTES : 0;
    while (at < data.length) {
      int start = at;
      int header = data[at++] & 0xff;
      boolean hasSize = (header & 2) != 0;
      if ((header & 0x80) != 0 || !hasSize) {
        return Optional.empty();
      }
      at += (header & 4) != 0 ? 1 : 0;
      long size = 0;
      for (int shift = 0; shift < 32 && at < data.length; shift += 7) {
        int part = data[at++] & 0xff;
        size |= (long) (part & 0x7f) << shift;
        if (part < 0x80) {
          break;
        }
      }
      if (size > data.length - at) {
        return Optional.empty();
      }
      if (((header >> 3) & 15) == SEQUENCE_HEADER) {
        byte[] obu = Arrays.copyOfRange(data, start, at + (int) size);
        return Optional.of(parse(obu, new BitReader(data, at)));
      }
      at += (int) size;
    }
    return Optional.empty();
  }

  private static Av1Sequence parse(byte[] obu, BitReader bits) {
    int profile = (int) bits.read(3);
    bits.read(1);
    if (bits.readFlag()) {
      return new Av1Sequence(obu, profile, (int) bits.read(5), /* highTier= */ false);
    }
    if (bits.readFlag()) {
      bits.read(64);
      if (bits.readFlag()) {
        bits.skipUvlc();
      }
      if (bits.readFlag()) {
        bits.read(47);
      }
    }
    bits.read(1 + 5 + 12);
    int level = (int) bits.read(5);
    return new Av1Sequence(obu, profile, level, level > 7 && bits.readFlag());
  }

  /** The whole OBU. */
  byte[] obu() {
    return obu.clone();
  }

  /** seq_profile. */
  int profile() {
    return profile;
  }

  /** seq_level_idx of the first operating point. */
  int level() {
    return level;
  }

  /** Whether it has the high tier. */
  boolean highTier() {
    return highTier;
  }
}
