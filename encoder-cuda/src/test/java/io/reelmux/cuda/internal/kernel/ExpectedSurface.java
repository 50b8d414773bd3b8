package io.reelmux.cuda.internal.kernel;

import io.reelmux.ColorSpec;
import java.util.Arrays;

/** The bytes that a surface must hold after a conversion, those around the picture included. */
final class ExpectedSurface {
  /** What the surface holds before. */
  static final byte UNTOUCHED = (byte) 0xa5;

  private static final int GUARD = 64;

  private final TestFrame picture;
  private final int bytesPerSample;
  private final int bits;

  final int lumaPitch;
  final int chromaPitch;
  final int chromaStart;
  final byte[] bytes;

  /** A surface whose rows end close after the picture's, or some 16 bytes later. */
  ExpectedSurface(TestFrame picture, int bits) {
    this.picture = picture;
    this.bits = bits;
    bytesPerSample = bits == 8 ? 1 : 2;
    int rowBytes = (picture.width + 1) / 2 * 2 * bytesPerSample;
    lumaPitch = (rowBytes + 15) / 16 * 16 + 16 * (picture.height % 2);
    chromaPitch = (rowBytes + 15) / 16 * 16 + 16 * (picture.width % 2);
    chromaStart = GUARD + lumaPitch * picture.height + GUARD;
    bytes = new byte[chromaStart + chromaPitch * ((picture.height + 1) / 2) + GUARD];
    Arrays.fill(bytes, UNTOUCHED);
  }

  SurfaceTarget target(long address) {
    return new SurfaceTarget(address + GUARD, lumaPitch, address + chromaStart, chromaPitch, bits);
  }

  /** Puts the picture in. */
  void draw(ColorSpec color) {
    if (picture.layout.isYuv()) {
      copy();
    } else {
      convert(color);
    }
  }

  private void convert(ColorSpec color) {
    PlainFormula formula = new PlainFormula(picture, color, bits);
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        put(GUARD + y * lumaPitch, x, formula.luma(x, y));
      }
    }
    for (int y = 0; y < (picture.height + 1) / 2; y++) {
      for (int x = 0; x < (picture.width + 1) / 2; x++) {
        put(chromaStart + y * chromaPitch, 2 * x, formula.chroma(1, x, y));
        put(chromaStart + y * chromaPitch, 2 * x + 1, formula.chroma(2, x, y));
      }
    }
  }

  private void put(int row, int index, int code) {
    if (bits == 8) {
      bytes[row + index] = (byte) code;
    } else {
      bytes[row + 2 * index] = (byte) (code << 6);
      bytes[row + 2 * index + 1] = (byte) (code >> 2);
    }
  }

  private void copy() {
    for (int plane = 0; plane < 2; plane++) {
      int start = plane == 0 ? GUARD : chromaStart;
      int pitch = plane == 0 ? lumaPitch : chromaPitch;
      int rowBytes = picture.layout.rowBytes(plane, picture.width);
      for (int y = 0; y < picture.layout.planeHeight(plane, picture.height); y++) {
        System.arraycopy(
            picture.planes[plane],
            (int) (y * picture.pitches[plane]),
            bytes,
            start + y * pitch,
            rowBytes);
      }
    }
  }
}
