package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.function.IntFunction;

/** Consecutive values in the caller's memory: a channel's, or those of all channels in turn. */
interface SampleSource {

  /**
   * Copies values; those of 24 bits become the upper bytes of 32-bit integers.
   *
   * @param from index of the first value
   * @param values number of values
   * @param target receives them in its byte order
   * @param to index of the first value in the target
   * @param step distance of two values in the target
   */
  void copy(int from, int values, ByteBuffer target, int to, int step);

  /**
   * Refuses NaN and infinity.
   *
   * @param place names a value by its index, for the message
   * @throws IllegalArgumentException naming the first such value
   */
  default void checkFinite(IntFunction<String> place) {}

  /** Returns the values in a byte buffer, in its byte order. */
  static SampleSource of(SampleLayout.Type type, ByteBuffer buffer) {
    return switch (type) {
      case U8 -> bytes(buffer);
      case S16 -> shorts(buffer.asShortBuffer());
      case S24 -> packed24(buffer);
      case S32 -> ints(buffer.asIntBuffer());
      case FLOAT -> new Floats(buffer.asFloatBuffer());
      case DOUBLE -> new Doubles(buffer.asDoubleBuffer());
    };
  }

  private static SampleSource bytes(ByteBuffer source) {
    return (from, values, target, to, step) -> {
      if (step == 1) {
        target.put(to, source, from, values);
        return;
      }
      for (int i = 0; i < values; i++) {
        target.put(to + i * step, source.get(from + i));
      }
    };
  }

  /** Returns 16-bit values. */
  static SampleSource shorts(ShortBuffer source) {
    return (from, values, target, to, step) -> {
      ShortBuffer out = target.asShortBuffer();
      if (step == 1) {
        out.put(to, source, from, values);
        return;
      }
      for (int i = 0; i < values; i++) {
        out.put(to + i * step, source.get(from + i));
      }
    };
  }

  private static SampleSource packed24(ByteBuffer source) {
    boolean big = source.order() == ByteOrder.BIG_ENDIAN;
    return (from, values, target, to, step) -> {
      IntBuffer out = target.asIntBuffer();
      for (int i = 0; i < values; i++) {
        int at = (from + i) * 3;
        int first = source.get(at) & 0xFF;
        int middle = source.get(at + 1) & 0xFF;
        int last = source.get(at + 2) & 0xFF;
        int high = big ? first : last;
        int low = big ? last : first;
        out.put(to + i * step, (high << 24) | (middle << 16) | (low << 8));
      }
    };
  }

  /** Returns 32-bit values. */
  static SampleSource ints(IntBuffer source) {
    return (from, values, target, to, step) -> {
      IntBuffer out = target.asIntBuffer();
      if (step == 1) {
        out.put(to, source, from, values);
        return;
      }
      for (int i = 0; i < values; i++) {
        out.put(to + i * step, source.get(from + i));
      }
    };
  }

  private static void requireFinite(double value, int index, IntFunction<String> place) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          place.apply(index) + " is " + value + ": samples must be finite");
    }
  }

  /** 32-bit floats. */
  record Floats(FloatBuffer source) implements SampleSource {

    @Override
    public void copy(int from, int values, ByteBuffer target, int to, int step) {
      FloatBuffer out = target.asFloatBuffer();
      if (step == 1) {
        out.put(to, source, from, values);
        return;
      }
      for (int i = 0; i < values; i++) {
        out.put(to + i * step, source.get(from + i));
      }
    }

    @Override
    public void checkFinite(IntFunction<String> place) {
      for (int i = 0; i < source.limit(); i++) {
        SampleSource.requireFinite(source.get(i), i, place);
      }
    }
  }

  /** 64-bit floats. */
  record Doubles(DoubleBuffer source) implements SampleSource {

    @Override
    public void copy(int from, int values, ByteBuffer target, int to, int step) {
      DoubleBuffer out = target.asDoubleBuffer();
      if (step == 1) {
        out.put(to, source, from, values);
        return;
      }
      for (int i = 0; i < values; i++) {
        out.put(to + i * step, source.get(from + i));
      }
    }

    @Override
    public void checkFinite(IntFunction<String> place) {
      for (int i = 0; i < source.limit(); i++) {
        SampleSource.requireFinite(source.get(i), i, place);
      }
    }
  }
}
