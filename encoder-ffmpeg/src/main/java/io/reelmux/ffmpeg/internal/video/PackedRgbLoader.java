package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Scaler;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Splits pixels of four bytes into planes, a strip of rows at a time: the strip stays in the
 * processor's cache between the copy out of the caller's memory and the split.
 */
final class PackedRgbLoader implements PictureLoader {

  /** Bytes of a strip: fits the second-level cache beside what is made of it. */
  private static final int STRIP_BYTES = 128 << 10;

  private final NativeScope scope = new NativeScope();
  private final StagingPicture strip;
  private final StagingPicture planar;
  private final int stripRows;

  private final Scaler splitter;
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
    try {
      strip = scope.add(new StagingPicture(packedFormat, width, stripRows));
      planar = scope.add(new StagingPicture(planarFormat, width, height));
      splitter = scope.add(Scaler.allocate(width, height, packedFormat, planarFormat));
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
      AVFrame target = planar.struct();
      splitter.convertRows(stripData, stripStrides, row, rows, target.data(), target.linesize());
    }
    return planar.struct();
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
