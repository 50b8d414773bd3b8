package io.reelmux.ffmpeg.internal.mux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A box of an MP4 or MOV file (ISO/IEC 14496-12, 4.2) in a buffer.
 *
 * @param type its four-character code
 * @param start position of its header
 * @param body position of its content
 * @param end position after it
 */
record MovBox(int type, int start, int body, int end) {
  static final int MOOV = 0x6d6f6f76;
  static final int MVHD = 0x6d766864;
  static final int TRAK = 0x7472616b;
  static final int TKHD = 0x746b6864;
  static final int EDTS = 0x65647473;
  static final int ELST = 0x656c7374;
  static final int MDIA = 0x6d646961;
  static final int MDHD = 0x6d646864;
  static final int MINF = 0x6d696e66;
  static final int STBL = 0x7374626c;
  static final int STSZ = 0x7374737a;
  static final int MVEX = 0x6d766578;
  static final int FREE = 0x66726565;

  /** Returns the boxes between two positions, up to the first that is not whole. */
  static List<MovBox> between(ByteBuffer bytes, int from, int to) {
    List<MovBox> boxes = new ArrayList<>();
    int position = from;
    while (position + 8 <= to) {
      int header = bytes.getInt(position) == 1 ? 16 : 8;
      long size = size(bytes, position, to);
      if (size < header || size > to - position) {
        break;
      }
      int end = position + (int) size;
      boxes.add(new MovBox(bytes.getInt(position + 4), position, position + header, end));
      position = end;
    }
    return boxes;
  }

  private static long size(ByteBuffer bytes, int position, int to) {
    long size = bytes.getInt(position) & 0xFFFF_FFFFL;
    if (size == 0) {
      return to - (long) position;
    }
    return size == 1 && position + 16 <= to ? bytes.getLong(position + 8) : size;
  }

  /** Returns the boxes inside. */
  List<MovBox> children(ByteBuffer bytes) {
    return between(bytes, body, end);
  }

  /** Returns the first box inside with a type. */
  Optional<MovBox> child(ByteBuffer bytes, int wanted) {
    return first(children(bytes), wanted);
  }

  /** Returns the first box with a type. */
  static Optional<MovBox> first(List<MovBox> boxes, int wanted) {
    return boxes.stream().filter(box -> box.type == wanted).findFirst();
  }

  /** Returns whether the times in a header box have 64 bits. */
  boolean isLong(ByteBuffer bytes) {
    return bytes.get(body) == 1;
  }

  /** Returns a duration of 64 or 32 bits. */
  long get(ByteBuffer bytes, int position) {
    return isLong(bytes) ? bytes.getLong(position) : bytes.getInt(position) & 0xFFFF_FFFFL;
  }

  /** Sets a duration of 64 or 32 bits. */
  void put(ByteBuffer bytes, int position, long value) {
    if (isLong(bytes)) {
      bytes.putLong(position, value);
    } else {
      bytes.putInt(position, (int) value);
    }
  }

  /** Returns the position of the unit of a mvhd or mdhd box, which its duration follows. */
  int timescaleAt(ByteBuffer bytes) {
    return body + (isLong(bytes) ? 20 : 12);
  }

  /** Returns its length with the header. */
  int length() {
    return end - start;
  }
}
