package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;

/** Copies floats from 0 to 1 as 16-bit codes, a strip of rows at a time. */
final class FloatCopy implements PlaneCopy {

  /** Bytes of a strip: fits the second-level cache. */
  private static final int STRIP_BYTES = 256 << 10;

  private static final float WHITE = 0xFFFF;

  private final int valueBytes;
  private final int rowBytes;
  private final int stripRows;
  private final StagingFrame strip;

  FloatCopy(PixelLayout layout, int width, int height) throws EncoderException {
    this.valueBytes = layout.bytesPerComponent();
    this.rowBytes = layout.rowBytes(0, width);
    this.stripRows = Math.min(height, Math.max(1, STRIP_BYTES / rowBytes));
    this.strip = new StagingFrame(AV_PIX_FMT_GRAY8, rowBytes, stripRows);
  }

  @Override
  public void copy(VideoFrame frame, int sourcePlane, int rows, StagingFrame target, int plane) {
    ByteBuffer floats = strip.view(0).duplicate().order(frame.order());
    ByteBuffer codes = target.view(plane);
    for (int row = 0; row < rows; row += stripRows) {
      int count = Math.min(stripRows, rows - row);
      strip.copyRows(frame, sourcePlane, row, count, 0);
      for (int y = 0; y < count; y++) {
        convert(floats, y * strip.stride(0), codes, (row + y) * target.stride(plane));
      }
    }
  }

  private void convert(ByteBuffer floats, int from, ByteBuffer codes, int to) {
    int values = rowBytes / valueBytes;
    for (int i = 0; i < values; i++) {
      int at = from + i * valueBytes;
      float value = valueBytes == 2 ? Half.toFloat(floats.getShort(at)) : floats.getFloat(at);
      codes.putShort(to + 2 * i, (short) code(value));
    }
  }

  /** The nearest code; NaN becomes 0. */
  private static int code(float value) {
    return (int) (Math.min(Math.max(value, 0), 1) * WHITE + 0.5f);
  }

  @Override
  public void close() {
    strip.close();
  }
}
