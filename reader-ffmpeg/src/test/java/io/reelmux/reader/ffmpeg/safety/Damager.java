package io.reelmux.reader.ffmpeg.safety;

import java.util.Arrays;
import java.util.Random;

/** Damages the bytes of a file, the same way for the same random numbers. */
final class Damager {

  /** Values at which sizes and counts overflow or change their sign. */
  private static final long[] BOUNDARIES = {
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFF_FFFFL,
    0x8000_0000L,
    0xFFFF_FFFFL,
    0x7FFF_FFFF_FFFF_FFFFL,
    -1
  };

  /** The part of a file that holds its headers, where damage does most. */
  private static final int HEAD = 1024;

  private final Random random;

  Damager(long seed) {
    this.random = new Random(seed);
  }

  byte[] damage(byte[] whole) {
    byte[] bytes = whole;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 16; i++) {
      bytes = damageOnce(bytes.clone());
    }
    return bytes;
  }

  private byte[] damageOnce(byte[] bytes) {
    return switch (random.nextInt(7)) {
      case 0 -> flip(bytes);
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> setBoundaries(bytes);
      case 3 -> move(bytes);
      case 4 -> fill(bytes);
      case 5 -> remove(bytes);
      default -> repeat(bytes);
    };
  }

  /** Half of the places are in the head or the tail. */
  private int place(byte[] bytes) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(Math.min(HEAD, bytes.length));
      case 1 -> bytes.length - 1 - random.nextInt(Math.min(HEAD, bytes.length));
      default -> random.nextInt(bytes.length);
    };
  }

  private int length(byte[] bytes, int from) {
    return 1 + random.nextInt(Math.min(bytes.length - from, bytes.length / 4 + 1));
  }

  private byte[] flip(byte[] bytes) {
    int count = 1 << random.nextInt(7);
    for (int i = 0; i < count; i++) {
      bytes[place(bytes)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] setBoundaries(byte[] bytes) {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      long value = BOUNDARIES[random.nextInt(BOUNDARIES.length)];
      int width = 1 << random.nextInt(4);
      boolean bigEndian = random.nextBoolean();
      int at = place(bytes);
      for (int k = 0; k < width && at + k < bytes.length; k++) {
        int shift = 8 * (bigEndian ? width - 1 - k : k);
        bytes[at + k] = (byte) (value >> shift);
      }
    }
    return bytes;
  }

  private byte[] move(byte[] bytes) {
    int from = place(bytes);
    int length = length(bytes, from);
    int to = random.nextInt(bytes.length - length + 1);
    System.arraycopy(bytes.clone(), from, bytes, to, length);
    return bytes;
  }

  private byte[] fill(byte[] bytes) {
    int from = place(bytes);
    int length = length(bytes, from);
    if (random.nextBoolean()) {
      Arrays.fill(bytes, from, from + length, (byte) (random.nextBoolean() ? 0 : 0xFF));
    } else {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, bytes, from, length);
    }
    return bytes;
  }

  private byte[] remove(byte[] bytes) {
    int from = place(bytes);
    int length = length(bytes, from);
    byte[] left = new byte[bytes.length - length];
    System.arraycopy(bytes, 0, left, 0, from);
    System.arraycopy(bytes, from + length, left, from, left.length - from);
    return left;
  }

  private byte[] repeat(byte[] bytes) {
    int from = place(bytes);
    int length = length(bytes, from);
    byte[] more = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, more, 0, from + length);
    System.arraycopy(bytes, from, more, from + length, bytes.length - from);
    return more;
  }
}
