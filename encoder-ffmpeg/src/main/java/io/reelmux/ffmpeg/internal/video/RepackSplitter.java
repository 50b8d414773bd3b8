package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Repacker;

/** Splits by a {@link Repacker}, where there is one for the formats. */
final class RepackSplitter implements StripSplitter {
  private final NativeScope scope = new NativeScope();
  private final StagingFrame strip;
  private final StagingFrame planar;
  private final FramePlanes stripPlanes;
  private final FramePlanes planes;
  private final Repacker repacker;

  RepackSplitter(int packedFormat, int planarFormat, int width, int height)
      throws EncoderException {
    int rows = Repacker.STRIP_ROWS;
    try {
      strip = scope.add(StagingFrame.padded(packedFormat, width, rows, rows));
      planar = scope.add(StagingFrame.padded(planarFormat, width, height, rows));
      stripPlanes = new FramePlanes(strip.struct());
      planes = new FramePlanes(planar.struct());
      repacker = scope.add(Repacker.allocate(packedFormat, planarFormat, width, rows));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
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
    planar.makeWritable();
  }

  /** Splits the whole strip: of the last one, what is left over goes to spare rows. */
  @Override
  public void split(int row, int rows) throws EncoderException {
    repacker.repack(stripPlanes, 0, planes, row);
  }

  @Override
  public void close() {
    scope.close();
  }
}
