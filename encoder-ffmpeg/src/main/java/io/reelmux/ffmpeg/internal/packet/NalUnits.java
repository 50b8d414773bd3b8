package io.reelmux.ffmpeg.internal.packet;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Splits H.264 and HEVC into NAL units, and joins them, in both forms in which they are stored. */
final class NalUnits {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private NalUnits() {}

  /** Splits at start codes, as Annex B of the standards defines; empty if it is something else. */
  static Optional<List<byte[]>> ofAnnexB(byte[] data) {
    int start = startCode(data, 0);
    if (start < 0 || !allZero(data, start)) {
      return Optional.empty();
    }
    List<byte[]> units = new ArrayList<>();
    while (start >= 0) {
      int from = start + 3;
      int next = startCode(data, from);
      int to = next < 0 ? data.length : next;
      while (to > from && data[to - 1] == 0) {
        to--;
      }
      if (to > from) {
        units.add(Arrays.copyOfRange(data, from, to));
      }
      start = next;
    }
    return units.isEmpty() ? Optional.empty() : Optional.of(units);
  }

  private static int startCode(byte[] data, int from) {
    for (int i = from; i + 3 <= data.length; i++) {
      if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
        return i;
      }
    }
    return -1;
  }

  private static boolean allZero(byte[] data, int end) {
    for (int i = 0; i < end; i++) {
      if (data[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Splits by the lengths before the units; empty if they do not fill the data exactly. */
  static Optional<List<byte[]>> ofLengths(byte[] data, int lengthSize) {
    List<byte[]> units = new ArrayList<>();
    int at = 0;
    while (at < data.length) {
      if (data.length - at < lengthSize) {
        return Optional.empty();
      }
      long length = 0;
      for (int i = 0; i < lengthSize; i++) {
        length = (length << 8) | (data[at + i] & 0xff);
      }
      at += lengthSize;
      if (length == 0 || length > data.length - at) {
        return Optional.empty();
      }
      units.add(Arrays.copyOfRange(data, at, at + (int) length));
      at += (int) length;
    }
    return units.isEmpty() ? Optional.empty() : Optional.of(units);
  }

  /** Joins units with start codes. */
  static byte[] toAnnexB(List<byte[]> units) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      joined.writeBytes(START_CODE);
      joined.writeBytes(unit);
    }
    return joined.toByteArray();
  }

  /**
   * Joins units with lengths.
   *
   * @throws IllegalArgumentException if a unit is too long for them
   */
  static byte[] toLengths(List<byte[]> units, int lengthSize) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      if (lengthSize < 4 && unit.length >= 1 << (8 * lengthSize)) {
        throw new IllegalArgumentException(
            "a NAL unit of "
                + unit.length
                + " bytes: the extradata says that lengths have "
                + lengthSize
                + " bytes");
      }
      for (int i = lengthSize - 1; i >= 0; i--) {
        joined.write(unit.length >>> (8 * i));
      }
      joined.writeBytes(unit);
    }
    return joined.toByteArray();
  }
}
