package io.reelmux;

import java.nio.ByteBuffer;

/** Reads values as {@link SampleSource#copy} writes them: those of 24 bits are in an integer. */
final class SampleValues {

  private SampleValues() {}

  /** Reads the value at the buffer's position as a float, full scale from -1 to 1. */
  static float toFloat(SampleLayout.Type type, ByteBuffer values) {
    return switch (type) {
      case U8 -> ((values.get() & 0xFF) - 128) / 128f;
      case S16 -> values.getShort() / 32_768f;
      case S24, S32 -> (float) (values.getInt() / 2_147_483_648.0);
      case FLOAT -> values.getFloat();
      case DOUBLE -> (float) values.getDouble();
    };
  }

  /**
   * Appends all values to {@code target}, in its byte order, which is little-endian for 24 bits.
   */
  static void pack(SampleLayout.Type type, ByteBuffer values, ByteBuffer target) {
    while (values.hasRemaining()) {
      switch (type) {
        case U8 -> target.put(values);
        case S16 -> target.putShort(values.getShort());
        case S24 -> packed24(values.getInt(), target);
        case S32 -> target.putInt(values.getInt());
        case FLOAT -> target.putFloat(values.getFloat());
        case DOUBLE -> target.putDouble(values.getDouble());
      }
    }
  }

  private static void packed24(int value, ByteBuffer target) {
    target.put((byte) (value >> 8)).put((byte) (value >> 16)).put((byte) (value >> 24));
  }
}
