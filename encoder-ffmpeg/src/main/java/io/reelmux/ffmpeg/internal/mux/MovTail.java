package io.reelmux.ffmpeg.internal.mux;

import java.nio.ByteBuffer;

/**
 * Patches the final index of a crash-safe MP4. Its {@code mvex} box announces fragments, which a
 * finished file no longer has, and makes some readers lose the frame rate. It is turned into a
 * {@code free} box (ISO/IEC 14496-12, 8.1.2).
 */
final class MovTail {
  private static final int MOOV = 0x6d6f6f76;
  private static final int MVEX = 0x6d766578;
  private static final int FREE = 0x66726565;

  private MovTail() {}

  /** Renames the mvex box in bytes that start at a top-level box. */
  static void removeMvex(byte[] tail) {
    ByteBuffer boxes = ByteBuffer.wrap(tail);
    int moov = find(boxes, 0, tail.length, MOOV);
    if (moov < 0) {
      return;
    }
    int moovEnd = Math.toIntExact(moov + size(boxes, moov, tail.length));
    int mvex = find(boxes, moov + header(boxes, moov), moovEnd, MVEX);
    if (mvex >= 0) {
      boxes.putInt(mvex + 4, FREE);
    }
  }

  /** Returns the start of the first sibling box of this type, or -1. */
  private static int find(ByteBuffer boxes, int from, int to, int type) {
    int position = from;
    while (position + 8 <= to) {
      long size = size(boxes, position, to);
      if (size < 8 || position + size > to) {
        return -1;
      }
      if (boxes.getInt(position + 4) == type) {
        return position;
      }
      position += (int) size;
    }
    return -1;
  }

  private static long size(ByteBuffer boxes, int position, int to) {
    long size = boxes.getInt(position) & 0xFFFF_FFFFL;
    if (size == 0) {
      return to - (long) position;
    }
    return size == 1 && position + 16 <= to ? boxes.getLong(position + 8) : size;
  }

  private static int header(ByteBuffer boxes, int position) {
    return boxes.getInt(position) == 1 ? 16 : 8;
  }
}
