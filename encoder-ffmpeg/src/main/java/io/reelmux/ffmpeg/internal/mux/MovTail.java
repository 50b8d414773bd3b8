package io.reelmux.ffmpeg.internal.mux;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Patches the final index of a crash-safe MP4. Its {@code mvex} box announces fragments, which a
 * finished file no longer has, and makes some readers lose the frame rate. A {@code trak} box
 * without samples belongs to a cover or to a stream that got nothing: an index that is written at
 * once has none. Both are turned into {@code free} boxes (ISO/IEC 14496-12, 8.1.2).
 */
final class MovTail {
  private static final int MOOV = 0x6d6f6f76;
  private static final int MVEX = 0x6d766578;
  private static final int TRAK = 0x7472616b;
  private static final int FREE = 0x66726565;

  /** The path from a track to the number and sizes of its samples. */
  private static final int[] STSZ = {0x6d646961, 0x6d696e66, 0x7374626c, 0x7374737a};

  /** Offset behind the box's header: version and flags, then a common size, come before it. */
  private static final int SAMPLE_COUNT = 8;

  private MovTail() {}

  /** Renames boxes in bytes that start at a top-level box. */
  static void clean(byte[] tail) {
    ByteBuffer boxes = ByteBuffer.wrap(tail);
    int moov = find(boxes, 0, tail.length, MOOV);
    if (moov < 0) {
      return;
    }
    int end = Math.toIntExact(moov + size(boxes, moov, tail.length));
    int position = moov + header(boxes, moov);
    while (position + 8 <= end) {
      long size = size(boxes, position, end);
      if (size < 8 || position + size > end) {
        return;
      }
      int type = boxes.getInt(position + 4);
      int next = position + (int) size;
      if (type == MVEX || (type == TRAK && samples(boxes, position, next).orElse(1) == 0)) {
        boxes.putInt(position + 4, FREE);
      }
      position = next;
    }
  }

  /** Returns the number of samples of a track, if it can be found. */
  private static OptionalInt samples(ByteBuffer boxes, int trak, int trakEnd) {
    int from = trak + header(boxes, trak);
    int end = trakEnd;
    for (int type : STSZ) {
      int box = find(boxes, from, end, type);
      if (box < 0) {
        return OptionalInt.empty();
      }
      end = Math.toIntExact(box + size(boxes, box, end));
      from = box + header(boxes, box);
    }
    return from + 12 <= end
        ? OptionalInt.of(boxes.getInt(from + SAMPLE_COUNT))
        : OptionalInt.empty();
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
