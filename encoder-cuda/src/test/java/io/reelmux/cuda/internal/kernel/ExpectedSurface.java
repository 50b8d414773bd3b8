package io.reelmux.cuda.internal.kernel;

import io.reelmux.ColorSpec;
import java.util.Arrays;

/** The bytes that a surface must hold after a conversion, including those around the frame. */
final class ExpectedSurface {
  /** Content of the surface before the conversion. */
  static final byte UNTOUCHED = (byte) 0xa5;

  private static final int GUARD = 64;

  private final TestFrame frame;
  private final int bytesPerSample;
  private final int bits;

  final int lumaPitch;
  final int chromaPitch;
  final int chromaStart;
  final byte[] bytes;

  /** A surface whose rows end shortly after the frame's, or 16 bytes later. */
  ExpectedSurface(TestFrame frame, int bits) {
    this.frame = frame;
    this.bits = bits;
    bytesPerSample = bits == 8 ? 1 : 2;
    int rowBytes = (frame.width + 1) / 2 * 2 * bytesPerSample;
    lumaPitch = (rowBytes + 15) / 16 * 16 + 16 * (frame.height % 2);
    chromaPitch = (rowBytes + 15) / 16 * 16 + 16 * (frame.width % 2);
    chromaStart = GUARD + lumaPitch * frame.height + GUARD;
    bytes = new byte[chromaStart + chromaPitch * ((frame.height + 1) / 2) + GUARD];
    Arrays.fill(bytes, UNTOUCHED);
  }

  SurfaceTarget target(long address) {
    return new SurfaceTarget(address + GUARD, lumaPitch, address + chromaStart, chromaPitch, bits);
  }

  /** Writes the frame. */
  void draw(ColorSpec color) {
    if (frame.layout.isYuv()) {
      copy();
    } else {
      convert(color);
    }
  }

  private void convert(ColorSpec color) {
    PlainFormula formula = new PlainFormula(frame, color, bits);
    for (int y = 0; y < frame.height; y++) {
      for (int x = 0; x < frame.width; x++) {
        put(GUARD + y * lumaPitch, x, formula.luma(x, y));
      }
    }
    for (int y = 0; y < (frame.height + 1) / 2; y++) {
      for (int x = 0; x < (frame.width + 1) / 2; x++) {
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
      int rowBytes = frame.layout.rowBytes(plane, frame.width);
      for (int y = 0; y < frame.layout.planeHeight(plane, frame.height); y++) {
        System.arraycopy(
            frame.planes[plane],
            (int) (y * frame.pitches[plane]),
            bytes,
            start + y * pitch,
            rowBytes);
      }
    }
  }
}
