package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Scaler;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Splits packed 8-bit RGB into planes, a strip of rows at a time: the strip stays in the
 * processor's cache between the copy out of the caller's memory and the split.
 */
final class PackedRgbLoader implements PictureLoader {

  /** Bytes of a strip: fits the second-level cache beside what is made of it. */
  private static final int STRIP_BYTES = 128 << 10;

  private final NativeScope scope = new NativeScope();
  private final StagingPicture strip;
  private final StagingPicture planar;
  private final int stripRows;

  /** For each component of a pixel of three bytes its plane; null for pixels of four bytes. */
  private final int @Nullable [] triple;

  private final @Nullable Scaler splitter;
  private final PointerPointer<?> stripData;
  private final IntPointer stripStrides;
  private final @Nullable AlphaFlattener flattener;

  PackedRgbLoader(
      int packedFormat,
      int planarFormat,
      int width,
      int height,
      int rowBytes,
      @Nullable AlphaFlattener flattener)
      throws EncoderException {
    this.flattener = flattener;
    this.stripRows = Math.min(height, Math.max(1, STRIP_BYTES / rowBytes));
    this.triple =
        switch (packedFormat) {
          case AV_PIX_FMT_RGB24 -> new int[] {2, 0, 1};
          case AV_PIX_FMT_BGR24 -> new int[] {1, 0, 2};
          default -> null;
        };
    try {
      strip = scope.add(new StagingPicture(packedFormat, width, stripRows));
      planar = scope.add(new StagingPicture(planarFormat, width, height));
      splitter =
          triple == null
              ? scope.add(Scaler.allocate(width, height, packedFormat, planarFormat))
              : null;
    } catch (EncoderException e) {
      scope.close();
      throw e;
    }
    stripData = strip.struct().data();
    stripStrides = strip.struct().linesize();
  }

  @Override
  public AVFrame load(VideoFrame frame) throws EncoderException {
    planar.makeWritable();
    for (int row = 0; row < frame.height(); row += stripRows) {
      int rows = Math.min(stripRows, frame.height() - row);
      strip.copyRows(frame, 0, row, rows, 0);
      if (flattener != null) {
        flattener.flatten(strip.view(0), strip.stride(0), frame.width(), rows);
      }
      split(row, rows, frame.width());
    }
    return planar.struct();
  }

  private void split(int row, int rows, int width) throws EncoderException {
    if (triple != null) {
      splitTriples(triple, row, rows, width);
    } else if (splitter != null) {
      AVFrame target = planar.struct();
      splitter.convertRows(stripData, stripStrides, row, rows, target.data(), target.linesize());
    }
  }

  private void splitTriples(int[] planes, int row, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      TripleSplitter.split(
          strip.view(0),
          i * strip.stride(0),
          planar.view(planes[0]),
          planar.view(planes[1]),
          planar.view(planes[2]),
          (row + i) * planar.stride(0),
          width);
    }
  }

  @Override
  public int format() {
    return planar.struct().format();
  }

  @Override
  public void close() {
    scope.close();
  }
}
