package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.Repacker;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Splits packed R'G'B' into planes, a strip of rows at a time: the strip stays in the processor's
 * cache between the copy out of the caller's memory and the split.
 */
final class PackedRgbLoader implements FrameLoader {
  private final StripSplitter splitter;
  private final RowPass pass;

  /**
   * Creates a loader.
   *
   * @param splitter is closed with this
   * @param pass is applied to the packed pixels
   */
  PackedRgbLoader(StripSplitter splitter, RowPass pass) {
    this.splitter = splitter;
    this.pass = pass;
  }

  /** Returns the fastest loader for frames of one size. */
  static PackedRgbLoader of(int packedFormat, int planarFormat, int width, int height, RowPass pass)
      throws EncoderException {
    return new PackedRgbLoader(
        Repacker.supports(packedFormat, planarFormat)
            ? new RepackSplitter(packedFormat, planarFormat, width, height)
            : new PairSplitter(packedFormat, planarFormat, width, height),
        pass);
  }

  @Override
  public AVFrame load(VideoFrame frame) throws EncoderException {
    splitter.makeWritable();
    StagingFrame strip = splitter.strip();
    int stripRows = strip.struct().height();
    for (int row = 0; row < frame.height(); row += stripRows) {
      int rows = Math.min(stripRows, frame.height() - row);
      strip.copyRows(frame, 0, row, rows, 0);
      pass.apply(strip.view(0), strip.stride(0), frame.width(), row, rows);
      splitter.split(row, rows);
    }
    return splitter.planar().struct();
  }

  @Override
  public int format() {
    return splitter.planar().struct().format();
  }

  @Override
  public void close() {
    splitter.close();
  }
}
