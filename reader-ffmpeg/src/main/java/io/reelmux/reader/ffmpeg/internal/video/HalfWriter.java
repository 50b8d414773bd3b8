package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FramePlanes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Writes planes of 32-bit floats as 16-bit floats (IEEE 754 binary16), clipped to 0 to 1. */
final class HalfWriter implements FrameWriter {
  private static final int PLANES = 3;

  /** The difference of the bits of the fractions. */
  private static final int DROPPED = 13;

  /** The power of two that turns the bias of the exponent of 32 bits into that of 16 bits. */
  private static final float REBIAS = 0x1p-112f;

  private final FloatRows rows;
  private final short[] halves;

  HalfWriter(int width) {
    this.rows = new FloatRows(width);
    this.halves = new short[width];
  }

  @Override
  public void write(AVFrame frame, FramePlanes planes, TargetRows target) {
    for (int plane = 0; plane < PLANES; plane++) {
      rows.select(frame, planes, plane, target.rows(plane));
      ByteBuffer from = target.buffer().duplicate().position(target.offset(plane));
      ShortBuffer to = from.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      int stride = target.stride(plane) / Short.BYTES;
      for (int y = 0; y < target.rows(plane); y++) {
        float[] row = rows.read(y);
        for (int x = 0; x < row.length; x++) {
          halves[x] = toHalf(row[x]);
        }
        to.put(y * stride, halves);
      }
    }
  }

  /** Rounds a number from 0 to 1 to the nearest, of two equally near ones to the even one. */
  static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value * REBIAS);
    int tie = (bits >> DROPPED) & 1;
    return (short) ((bits + (1 << (DROPPED - 1)) - 1 + tie) >> DROPPED);
  }
}
