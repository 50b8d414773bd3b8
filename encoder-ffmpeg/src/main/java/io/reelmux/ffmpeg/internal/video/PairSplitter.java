package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.Planes;
import io.reelmux.ffmpeg.internal.av.Scaler;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Splits pixels of three or four bytes on every processor: widens them to four, then pairs. */
final class PairSplitter implements StripSplitter {

  /** Bytes of a strip: fits the second-level cache together with its planes. */
  private static final int STRIP_BYTES = 256 << 10;

  private static final int QUAD = 4;

  private final NativeScope scope = new NativeScope();
  private final StagingFrame strip;
  private final StagingFrame planar;

  /** Widens pixels of three bytes to four. */
  private final @Nullable Scaler widener;

  private final Planes stripPlanes;
  private final Planes quadPlanes;
  private final QuadSplitter splitter;
  private final int[] planes;

  PairSplitter(int packedFormat, int planarFormat, int width, int height) throws EncoderException {
    int rows = Math.min(height, Math.max(1, STRIP_BYTES / (QUAD * width)));
    int quadFormat = quadFormat(packedFormat);
    this.planes = planes(quadFormat, planarFormat);
    try {
      strip = scope.add(new StagingFrame(packedFormat, width, rows));
      planar = scope.add(new StagingFrame(planarFormat, width, height));
      boolean wide = quadFormat == packedFormat;
      StagingFrame quads = wide ? strip : scope.add(new StagingFrame(quadFormat, width, rows));
      widener = wide ? null : scope.add(Scaler.allocate(width, rows, packedFormat, quadFormat));
      stripPlanes = Planes.of(strip.struct());
      quadPlanes = Planes.of(quads.struct());
      splitter = scope.add(new QuadSplitter(quads, width, height));
      splitter.to(planar, planes);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private static int quadFormat(int packedFormat) {
    if (packedFormat == AV_PIX_FMT_RGB24) {
      return AV_PIX_FMT_RGBA;
    }
    return packedFormat == AV_PIX_FMT_BGR24 ? AV_PIX_FMT_BGRA : packedFormat;
  }

  /** Returns for each byte of a pixel its component's plane, -1 for alpha that is dropped. */
  private static int[] planes(int quadFormat, int planarFormat) {
    AVPixFmtDescriptor packed = PixelFormat.descriptor(quadFormat);
    AVPixFmtDescriptor planar = PixelFormat.descriptor(planarFormat);
    int[] planes = new int[QUAD];
    Arrays.fill(planes, -1);
    for (int component = 0; component < planar.nb_components(); component++) {
      planes[packed.comp(component).offset()] = planar.comp(component).plane();
    }
    return planes;
  }

  @Override
  public StagingFrame strip() {
    return strip;
  }

  @Override
  public StagingFrame planar() {
    return planar;
  }

  @Override
  public void makeWritable() throws EncoderException {
    if (planar.makeWritable()) {
      splitter.to(planar, planes);
    }
  }

  @Override
  public void split(int row, int rows) throws EncoderException {
    if (widener != null) {
      widener.convertRows(stripPlanes, 0, rows, quadPlanes);
    }
    splitter.split(row, rows);
  }

  @Override
  public void close() {
    scope.close();
  }
}
