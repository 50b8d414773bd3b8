package io.reelmux.ffmpeg.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The boxes of an MP4 file (ISO/IEC 14496-12). */
final class Boxes {

  private Boxes() {}

  /** Returns the types of the top-level boxes. */
  static List<String> top(byte[] file) {
    return types(file, 0, file.length);
  }

  /** Returns the types of the boxes inside the last {@code moov}. */
  static List<String> inMoov(byte[] file) {
    int moov = -1;
    for (int at = 0; at + 8 <= file.length; at += size(file, at, file.length)) {
      if (type(file, at).equals("moov")) {
        moov = at;
      }
    }
    if (moov < 0) {
      throw new AssertionError("no moov");
    }
    return types(file, moov + 8, moov + size(file, moov, file.length));
  }

  private static List<String> types(byte[] file, int from, int to) {
    List<String> types = new ArrayList<>();
    int at = from;
    while (at + 8 <= to) {
      types.add(type(file, at));
      at += size(file, at, to);
    }
    if (at != to) {
      throw new AssertionError("boxes end at " + at + " instead of " + to + ": " + types);
    }
    return types;
  }

  private static String type(byte[] file, int at) {
    return new String(file, at + 4, 4, StandardCharsets.US_ASCII);
  }

  private static int size(byte[] file, int at, int to) {
    int size = ByteBuffer.wrap(file).getInt(at);
    if (size == 1) {
      size = Math.toIntExact(ByteBuffer.wrap(file).getLong(at + 8));
    }
    if (size < 8 || at + size > to) {
      throw new AssertionError("box of " + size + " bytes at " + at);
    }
    return size;
  }

  /** Counts the boxes of a type at any depth. */
  static int count(byte[] file, String type) {
    byte[] wanted = type.getBytes(StandardCharsets.US_ASCII);
    int count = 0;
    for (int at = 0; at + 4 <= file.length; at++) {
      if (matches(file, at, wanted)) {
        count++;
      }
    }
    return count;
  }

  /** Returns the index of the first occurrence of these bytes, or -1. */
  static int indexOf(byte[] file, byte[] wanted) {
    for (int at = 0; at + wanted.length <= file.length; at++) {
      if (matches(file, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] file, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (file[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
