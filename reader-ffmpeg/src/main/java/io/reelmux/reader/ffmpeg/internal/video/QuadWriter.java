package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.Planes;
import io.reelmux.ffmpeg.internal.av.Scaler;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Merges planes of bytes into pixels of four bytes.
 *
 * <p>Note [pairs]. libswscale merges planes of R'G'B' byte by byte, but has vector code that merges
 * the chroma planes of YUV444P into the pairs of NV24. So planes a, b, c, d are merged as pairs
 * twice: first into ac and bd, then those into abcd.
 *
 * <p>Note [no luma]. Those formats have a luma plane too, which is not used here: its rows are
 * {@link #OVERLAP} bytes apart, so that they overlap, and libswscale copies that many bytes a row,
 * from any readable memory to scratch memory.
 */
final class QuadWriter implements FrameWriter {

  /** Bytes from row to row; a multiple of the alignment that libswscale's vector code requires. */
  private static final int OVERLAP = 64;

  private static final int QUAD = 4;

  private final NativeScope scope = new NativeScope();
  private final RowWriter rowWriter = new RowWriter(1, new int[] {0});
  private final int[] sources = new int[QUAD];
  private final FramePlanes scratch;
  private final FramePlanes opaque;
  private final Frame quads;
  private final FramePlanes quadPlanes;
  private final Merge even;
  private final Merge odd;
  private final Merge all;

  /** Merges two planes, which are looked at as chroma. */
  private record Merge(
      Scaler scaler, FramePlanes source, Planes from, FramePlanes target, Planes to) {}

  /**
   * Creates a writer.
   *
   * @param planar the format of the frames
   * @param packed a format of four bytes a pixel
   */
  QuadWriter(int planar, int packed, int width, int height) throws EncoderException {
    AVPixFmtDescriptor order = PixelFormat.descriptor(packed);
    AVPixFmtDescriptor from = PixelFormat.descriptor(planar);
    Arrays.fill(sources, -1);
    for (int component = 0; component < from.nb_components(); component++) {
      sources[order.comp(component).offset()] = from.comp(component).plane();
    }
    try {
      int overlapping = 2 + OVERLAP * height / Math.max(2 * width, OVERLAP);
      scratch = new FramePlanes(memory(2 * width, overlapping).struct());
      opaque = opaque(memory(2 * width, overlapping));
      FramePlanes evens = new FramePlanes(memory(2 * width, height).struct());
      FramePlanes odds = new FramePlanes(memory(2 * width, height).struct());
      quads = scope.add(Frame.video(packed, width, height));
      quadPlanes = new FramePlanes(quads.struct());
      even = merge(width, height);
      odd = merge(width, height);
      all = merge(2 * width, height);
      even.target.set(1, evens.address(0), evens.stride(0));
      odd.target.set(1, odds.address(0), odds.stride(0));
      all.source.set(1, evens.address(0), evens.stride(0));
      all.source.set(2, odds.address(0), odds.stride(0));
      all.target.set(1, quadPlanes.address(0), quadPlanes.stride(0));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private Frame memory(int rowBytes, int rows) throws EncoderException {
    return scope.add(Frame.video(AV_PIX_FMT_GRAY8, Math.max(rowBytes, OVERLAP), rows));
  }

  /** Rows of full alpha, which overlap. */
  private static FramePlanes opaque(Frame rows) {
    AVFrame struct = rows.struct();
    int bytes = struct.linesize(0) * struct.height();
    ByteBuffer memory = struct.data(0).capacity(bytes).asByteBuffer();
    while (memory.hasRemaining()) {
      memory.put((byte) -1);
    }
    return new FramePlanes(struct);
  }

  private Merge merge(int width, int height) throws EncoderException {
    Scaler scaler = scope.add(Scaler.allocate(width, height, AV_PIX_FMT_YUV444P, AV_PIX_FMT_NV24));
    AVFrame from = scope.add(Frame.allocate()).struct();
    AVFrame to = scope.add(Frame.allocate()).struct();
    Merge merge =
        new Merge(
            scaler, new FramePlanes(from), Planes.of(from), new FramePlanes(to), Planes.of(to));
    merge.source.set(0, opaque.address(0), OVERLAP);
    merge.target.set(0, scratch.address(0), OVERLAP);
    return merge;
  }

  @Override
  public void write(AVFrame frame, FramePlanes planes, TargetRows target) throws EncoderException {
    place(planes, even, 1, sources[0]);
    place(planes, odd, 1, sources[1]);
    place(planes, even, 2, sources[2]);
    place(planes, odd, 2, sources[3]);
    int height = quads.struct().height();
    even.scaler.convertRows(even.from, 0, height, even.to);
    odd.scaler.convertRows(odd.from, 0, height, odd.to);
    all.scaler.convertRows(all.from, 0, height, all.to);
    rowWriter.write(quads.struct(), quadPlanes, target);
  }

  private void place(FramePlanes planes, Merge merge, int at, int plane) {
    if (plane < 0) {
      merge.source.set(at, opaque.address(0), OVERLAP);
    } else {
      merge.source.set(at, planes.address(plane), planes.stride(plane));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
