package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Splits pixels of three bytes into planes, a few rows at a time: they stay in the processor's
 * first cache between the copy out of the caller's memory, the split, and the copy into ours.
 */
final class TripleLoader implements PictureLoader {

  /** Bytes of the rows that are split at a time. */
  private static final int STRIP_BYTES = 16 << 10;

  /** FFmpeg keeps planar RGB as G, B, R. */
  private static final int[] RGB_PLANES = {2, 0, 1};

  private static final int[] BGR_PLANES = {1, 0, 2};

  private final StagingPicture planar;
  private final int width;
  private final int stripRows;
  private final ByteBuffer strip;

  /** The strip's components, each in rows as long as those of the picture. */
  private final byte[][] components = new byte[3][];

  private final int[] planes;

  TripleLoader(int packedFormat, int width, int height) throws EncoderException {
    this.width = width;
    this.stripRows = Math.min(height, Math.max(1, STRIP_BYTES / (3 * width)));
    this.strip = ByteBuffer.allocate(3 * width * stripRows);
    this.planes = packedFormat == AV_PIX_FMT_BGR24 ? BGR_PLANES : RGB_PLANES;
    this.planar = new StagingPicture(AV_PIX_FMT_GBRP, width, height);
    for (int component = 0; component < components.length; component++) {
      components[component] = new byte[planar.stride(0) * stripRows];
    }
  }

  /** Whether this loads a packed format. */
  static boolean handles(int packedFormat) {
    return packedFormat == AV_PIX_FMT_RGB24 || packedFormat == AV_PIX_FMT_BGR24;
  }

  @Override
  public AVFrame load(VideoFrame frame) throws EncoderException {
    planar.makeWritable();
    for (int row = 0; row < frame.height(); row += stripRows) {
      int rows = Math.min(stripRows, frame.height() - row);
      frame.copyRows(0, row, rows, strip, 0, 3 * width);
      split(rows);
      store(row, rows);
    }
    return planar.struct();
  }

  private void split(int rows) {
    int stride = planar.stride(0);
    for (int i = 0; i < rows; i++) {
      TripleSplitter.split(
          strip.array(),
          3 * width * i,
          components[0],
          components[1],
          components[2],
          stride * i,
          width);
    }
  }

  /** All three planes have the same stride. */
  private void store(int row, int rows) {
    int stride = planar.stride(0);
    for (int component = 0; component < components.length; component++) {
      ByteBuffer plane = planar.view(planes[component]);
      plane.put(row * stride, components[component], 0, (rows - 1) * stride + width);
    }
  }

  @Override
  public int format() {
    return AV_PIX_FMT_GBRP;
  }

  @Override
  public void close() {
    planar.close();
  }
}
