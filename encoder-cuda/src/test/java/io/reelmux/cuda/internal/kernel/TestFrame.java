package io.reelmux.cuda.internal.kernel;

import io.reelmux.PixelLayout;
import java.util.Arrays;
import java.util.Random;

/**
 * A frame of noise in host memory, each plane in an array that ends with its last sample. Floats
 * are mostly in [0, 1]; some are below, above, tiny, infinite or NaN.
 */
final class TestFrame {
  private static final int NOISE_BYTES = 1 << 22;

  private static final byte[] BYTES = bytes();
  private static final byte[] FLOATS = floats();
  private static final byte[] HALVES = halves();

  final PixelLayout layout;
  final int width;
  final int height;
  final long[] pitches;
  final byte[][] planes;

  /**
   * Creates a frame of noise.
   *
   * @param pitchMultiple the pitch is a multiple of this; 1 for no padding
   * @param seed selects the noise
   */
  TestFrame(PixelLayout layout, int width, int height, int pitchMultiple, int seed) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    pitches = new long[layout.planeCount()];
    planes = new byte[layout.planeCount()][];
    for (int plane = 0; plane < planes.length; plane++) {
      int rowBytes = layout.rowBytes(plane, width);
      int pitch = (rowBytes + pitchMultiple - 1) / pitchMultiple * pitchMultiple;
      int length = pitch * (layout.planeHeight(plane, height) - 1) + rowBytes;
      pitches[plane] = pitch;
      planes[plane] = new byte[length];
      int start = Math.floorMod((seed * 31 + plane) * 7919 * 4, (NOISE_BYTES - length) / 4 * 4);
      System.arraycopy(noise(), start, planes[plane], 0, length);
    }
  }

  /** Creates a frame from samples, without padding. */
  TestFrame(PixelLayout layout, int width, int height, byte[][] planes) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.planes = planes;
    pitches = new long[planes.length];
    Arrays.setAll(pitches, plane -> layout.rowBytes(plane, width));
  }

  /**
   * Creates a frame of one color.
   *
   * @param rgb bit 0: red, bit 1: green, bit 2: blue
   */
  static TestFrame flat(PixelLayout layout, int width, int height, int rgb) {
    TestFrame frame = new TestFrame(layout, width, height, 1, 0);
    int components = layout.rowBytes(0, 1) / layout.bytesPerComponent();
    boolean blueFirst = layout == PixelLayout.BGR24 || layout == PixelLayout.BGRA;
    for (int plane = 0; plane < frame.planes.length; plane++) {
      for (int i = 0; i < frame.planes[plane].length; i += layout.bytesPerComponent()) {
        int component = components == 1 ? plane : i % components;
        boolean full = (rgb >> (blueFirst ? 2 - component : component) & 1) == 1;
        put(frame.planes[plane], i, layout.bytesPerComponent(), full ? white(layout) : 0);
      }
    }
    return frame;
  }

  private static int white(PixelLayout layout) {
    return switch (layout) {
      case RGB_PLANAR_F32 -> Float.floatToRawIntBits(1);
      case RGB_PLANAR_F16 -> 0x3c00;
      default -> 255;
    };
  }

  private byte[] noise() {
    return switch (layout) {
      case RGB_PLANAR_F32 -> FLOATS;
      case RGB_PLANAR_F16 -> HALVES;
      default -> BYTES;
    };
  }

  /** A byte of a plane, by row and offset in the row. */
  int at(int plane, int y, int x) {
    return planes[plane][(int) (y * pitches[plane]) + x] & 0xff;
  }

  private static byte[] bytes() {
    byte[] noise = new byte[NOISE_BYTES];
    Random random = new Random(1);
    random.nextBytes(noise);
    // black, white and saturated colors too
    for (int i = 0; i < NOISE_BYTES; i += 1 + random.nextInt(8)) {
      noise[i] = (byte) (random.nextBoolean() ? 0 : 255);
    }
    return noise;
  }

  private static byte[] floats() {
    byte[] noise = new byte[NOISE_BYTES];
    Random random = new Random(2);
    float[] special = {
      Float.NaN,
      -0.0f,
      -3,
      1,
      1.0000001f,
      1e30f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      0.5f,
      1 / 131072f,
      3 / 131072f,
      0.99999994f
    };
    for (int i = 0; i < NOISE_BYTES; i += 4) {
      boolean usual = random.nextInt(10) > 0;
      float value = usual ? random.nextFloat() : special[random.nextInt(special.length)];
      put(noise, i, 4, Float.floatToRawIntBits(value));
    }
    return noise;
  }

  private static byte[] halves() {
    byte[] noise = new byte[NOISE_BYTES];
    Random random = new Random(3);
    for (int i = 0; i < NOISE_BYTES; i += 2) {
      // up to 1.0, or anything: negative, infinite, NaN
      put(noise, i, 2, random.nextInt(random.nextInt(4) > 0 ? 0x3c01 : 0x10000));
    }
    return noise;
  }

  private static void put(byte[] to, int index, int count, int bits) {
    for (int i = 0; i < count; i++) {
      to[index + i] = (byte) (bits >> (8 * i));
    }
  }
}
