package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Planes;
import io.reelmux.ffmpeg.internal.av.Scaler;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Splits pixels of four bytes into planes, a strip of rows at a time.
 *
 * <p>Note [pairs]. libswscale splits packed RGB byte by byte, but has vector code that splits the
 * pairs of NV24's chroma for YUV444P. So the bytes of pixels, abcd abcd, are split as pairs twice:
 * first into ac ac and bd bd, then those into aa, cc and bb, dd.
 *
 * <p>Note [no luma]. Those formats have a luma plane too, which is not used here: the source's is
 * any readable memory, the target's is scratch memory. Their rows are {@link #OVERLAP} bytes apart,
 * so that they overlap, and libswscale copies that many bytes a row.
 */
final class QuadSplitter implements AutoCloseable {

  /** Bytes from row to row; a multiple of the alignment that libswscale's vector code requires. */
  private static final int OVERLAP = 64;

  private final NativeScope scope = new NativeScope();
  private final StagingFrame scratch;
  private final Scaler toPairs;
  private final Planes asPairs;
  private final Planes pairs;
  private final Half even;
  private final Half odd;

  /** Splits one half of the pairs into two planes of the whole frame. */
  private record Half(Scaler splitter, Planes source, AVFrame target, Planes targetPlanes) {

    void split(int row, int rows) throws EncoderException {
      splitter.convertRows(source, row, rows, targetPlanes);
    }
  }

  /**
   * Creates a splitter.
   *
   * @param quads a strip of the rows to split, in pixels of four bytes
   * @param width pixels of a row
   * @param height rows of the whole frame
   */
  QuadSplitter(StagingFrame quads, int width, int height) throws EncoderException {
    int stripRows = quads.struct().height();
    try {
      scratch = scope.add(scratch(2 * width, height));
      StagingFrame evens = scope.add(new StagingFrame(AV_PIX_FMT_GRAY8, 2 * width, stripRows));
      StagingFrame odds = scope.add(new StagingFrame(AV_PIX_FMT_GRAY8, 2 * width, stripRows));
      toPairs = scope.add(splitter(2 * width, stripRows));
      asPairs = Planes.of(view(quads));
      AVFrame both = view(evens);
      set(both, 0, scratch, 0, OVERLAP);
      set(both, 2, odds, 0, odds.stride(0));
      pairs = Planes.of(both);
      even = half(evens, width, height);
      odd = half(odds, width, height);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /** Memory for rows that overlap: at least the bytes of one row, and an overlap for each row. */
  private static StagingFrame scratch(int rowBytes, int rows) throws EncoderException {
    int width = Math.max(rowBytes, OVERLAP);
    return new StagingFrame(AV_PIX_FMT_GRAY8, width, 2 + OVERLAP * rows / width);
  }

  private static Scaler splitter(int width, int height) throws EncoderException {
    return Scaler.allocate(width, height, AV_PIX_FMT_NV24, AV_PIX_FMT_YUV444P);
  }

  private Half half(StagingFrame source, int width, int height) throws EncoderException {
    Scaler splitter = scope.add(splitter(width, height));
    AVFrame target = scope.add(Frame.allocate()).struct();
    return new Half(splitter, Planes.of(view(source)), target, Planes.of(target));
  }

  /** Returns a view of a frame's bytes as the chroma of NV24. */
  private AVFrame view(StagingFrame bytes) throws EncoderException {
    AVFrame view = scope.add(Frame.allocate()).struct();
    set(view, 0, bytes, 0, OVERLAP);
    set(view, 1, bytes, 0, bytes.stride(0));
    return view;
  }

  /** Points a view's plane at that of another frame, which remains the owner. */
  private static void set(AVFrame view, int plane, StagingFrame owner, int ownerPlane, int stride) {
    view.data(plane, owner.struct().data(ownerPlane));
    view.linesize(plane, stride);
  }

  /**
   * Chooses where the planes go.
   *
   * @param target the whole frame; call again when its memory has changed
   * @param planes a plane of the target for each byte of a pixel, or -1 for none
   */
  void to(StagingFrame target, int... planes) {
    place(even.target, 1, target, planes[0]);
    place(odd.target, 1, target, planes[1]);
    place(even.target, 2, target, planes[2]);
    place(odd.target, 2, target, planes[3]);
    set(even.target, 0, scratch, 0, OVERLAP);
    set(odd.target, 0, scratch, 0, OVERLAP);
  }

  private void place(AVFrame view, int plane, StagingFrame target, int targetPlane) {
    if (targetPlane < 0) {
      set(view, plane, scratch, 0, OVERLAP);
    } else {
      set(view, plane, target, targetPlane, target.stride(targetPlane));
    }
  }

  /**
   * Splits the rows in the strip; strips must come from top to bottom.
   *
   * @param row where the first of them belongs
   */
  void split(int row, int rows) throws EncoderException {
    toPairs.convertRows(asPairs, 0, rows, pairs);
    even.split(row, rows);
    odd.split(row, rows);
  }

  @Override
  public void close() {
    scope.close();
  }
}
