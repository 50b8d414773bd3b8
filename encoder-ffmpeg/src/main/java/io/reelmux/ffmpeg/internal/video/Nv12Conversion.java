package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The conversion from planes of 8-bit R'G'B' to NV12 in Java: the samples that libzimg makes, with
 * chroma at the left, exact to half a step. A pixel beyond an edge is the one at the edge.
 */
final class Nv12Conversion implements AutoCloseable {

  /** FFmpeg keeps planar RGB as G, B, R. */
  private static final int[] PLANES = {2, 0, 1};

  /** A row of chroma is made of the two rows it belongs to and those beside them. */
  private static final int ROWS = 4;

  private final NativeScope scope = new NativeScope();
  private final int width;
  private final int height;
  private final Nv12Weights luma;
  private final Nv12Weights cb;
  private final Nv12Weights cr;

  /** By row modulo 4, and component: red first. */
  private final int[][][] rows;

  private final int[][] sums;
  private final int[] even;
  private final int[] odd;
  private final int[] before;
  private final int[] line;

  /** Two, since one may be encoded while the next is converted. */
  private final StagingFrame[] targets = new StagingFrame[2];

  private final IntPlanes[] written = new IntPlanes[targets.length];
  private final Frame result;
  private @Nullable IntPlanes source;
  private int turn;

  Nv12Conversion(int width, int height, ColorSpec color) throws EncoderException {
    int ints = (width + Integer.BYTES - 1) / Integer.BYTES;
    this.width = width;
    this.height = height;
    this.luma = Nv12Weights.luma(color);
    this.cb = Nv12Weights.cb(color);
    this.cr = Nv12Weights.cr(color);
    this.rows = new int[ROWS][PLANES.length][ints];
    this.sums = new int[PLANES.length][ints];
    this.even = new int[ints];
    this.odd = new int[ints];
    this.before = new int[ints];
    this.line = new int[ints];
    try {
      result = scope.add(Frame.allocate());
      for (int i = 0; i < targets.length; i++) {
        targets[i] = scope.add(new StagingFrame(AV_PIX_FMT_NV12, width, height));
        written[i] = new IntPlanes(targets[i].struct());
      }
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Converts a frame.
   *
   * @param planar gbrp, in memory of this library with strides that are multiples of 4
   * @return a reference of its own to the result, which may be moved out
   */
  AVFrame convert(AVFrame planar) throws EncoderException {
    turn = 1 - turn;
    targets[turn].makeWritable();
    IntPlanes target = written[turn];
    target.view(0, height);
    target.view(1, chromaRows());
    IntPlanes from = view(planar);
    for (int y = 0; y < height; y++) {
      convertLuma(from, y, target);
      if (y % 2 == 0 && y > 0) {
        convertChroma(y / 2 - 1, target);
      }
    }
    convertChroma(chromaRows() - 1, target);
    result.unref();
    result.reference(targets[turn].struct());
    return result.struct();
  }

  private int chromaRows() {
    return (height + 1) / 2;
  }

  private IntPlanes view(AVFrame planar) {
    IntPlanes from = source;
    if (from == null || !from.isOf(planar)) {
      from = new IntPlanes(planar);
      source = from;
    }
    for (int plane : PLANES) {
      from.view(plane, height);
    }
    return from;
  }

  private void convertLuma(IntPlanes from, int y, IntPlanes target) {
    int[][] rgb = rows[y % ROWS];
    for (int component = 0; component < PLANES.length; component++) {
      from.read(PLANES[component], y, rgb[component]);
    }
    repeatLast(rgb);
    for (int up = 0; up < Integer.SIZE; up += Byte.SIZE) {
      Nv12Loops.multiply(line, rgb, up, 0xFF, luma, Nv12Weights.LUMA_BITS, up);
    }
    target.write(0, y, line);
  }

  /** Repeats the last pixel of an odd row beyond its end. */
  private void repeatLast(int[][] rgb) {
    if (width % 2 != 0) {
      int shift = Byte.SIZE * (width % Integer.BYTES);
      for (int[] row : rgb) {
        int last = row[row.length - 1];
        int pixel = last >>> (shift - Byte.SIZE) & 0xFF;
        row[row.length - 1] = (last & ~(0xFF << shift)) | (pixel << shift);
      }
    }
  }

  private void convertChroma(int row, IntPlanes target) {
    for (int component = 0; component < sums.length; component++) {
      int[] above = row(2 * row - 1, component);
      int[] first = row(2 * row, component);
      int[] second = row(2 * row + 1, component);
      int[] below = row(2 * row + 2, component);
      Nv12Loops.addRows(even, above, first, second, below, 0);
      Nv12Loops.addRows(odd, above, first, second, below, Byte.SIZE);
      before[0] = even[0] << Short.SIZE;
      System.arraycopy(odd, 0, before, 1, odd.length - 1);
      Nv12Loops.addPixels(sums[component], even, odd, before);
    }
    for (int half = 0; half < Integer.SIZE; half += Short.SIZE) {
      Nv12Loops.multiply(line, sums, half, 0xFFFF, cb, Nv12Weights.CHROMA_BITS, half);
      Nv12Loops.multiply(line, sums, half, 0xFFFF, cr, Nv12Weights.CHROMA_BITS, half + Byte.SIZE);
    }
    target.write(1, row, line);
  }

  private int[] row(int y, int component) {
    return rows[Math.max(0, Math.min(y, height - 1)) % ROWS][component];
  }

  @Override
  public void close() {
    scope.close();
  }
}
