package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.Repacker;
import io.reelmux.reader.ffmpeg.internal.av.FfmpegInput;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Merges planes of R'G'B' by a {@link Repacker}, a strip of rows at a time: the strip stays in the
 * processor's cache until it is copied to the caller's memory.
 */
final class PackedWriter implements FrameWriter {
  private final NativeScope scope = new NativeScope();
  private final NativeRows rows = new NativeRows();
  private final int planar;
  private final int planeCount;
  private final int width;
  private final int height;
  private final int stripRows;
  private final Frame strip;
  private final FramePlanes stripPlanes;
  private final Repacker repacker;

  /** A copy of frames whose rows are too short for the repacker. */
  private @Nullable Frame copy;

  private @Nullable FramePlanes copyPlanes;

  /**
   * Creates a writer.
   *
   * @param planar the format of the frames
   * @param packed the format of the output; {@link Repacker#supports} both
   */
  PackedWriter(int planar, int packed, int width, int height) throws EncoderException {
    this.planar = planar;
    this.planeCount = PixelFormat.planeCount(planar);
    this.width = width;
    this.height = height;
    this.stripRows = Math.min(Repacker.STRIP_ROWS, height);
    try {
      strip = scope.add(Repacker.frame(packed, width, stripRows, stripRows));
      stripPlanes = new FramePlanes(strip.struct());
      repacker = scope.add(Repacker.allocate(planar, packed, width, stripRows));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  @Override
  public void write(AVFrame frame, FramePlanes planes, TargetRows target) throws EncoderException {
    FramePlanes padded = isPadded(planes) ? planes : copy(frame);
    int rowBytes = target.rowBytes(0);
    ByteBuffer from = rows.of(strip.struct(), stripPlanes, 0, stripRows, rowBytes).bytes();
    ByteBuffer to = target.buffer();
    int at = target.offset(0);
    int stride = target.stride(0);
    for (int done = 0; done < height; done += stripRows) {
      int first = Math.min(done, height - stripRows);
      repacker.repack(padded, first, stripPlanes, 0);
      for (int row = done - first; row < stripRows; row++) {
        to.put(at + (first + row) * stride, from, rows.offset(row), rowBytes);
      }
    }
  }

  private boolean isPadded(FramePlanes planes) {
    int required = Repacker.stride(planar, width);
    for (int plane = 0; plane < planeCount; plane++) {
      if (planes.stride(plane) < required) {
        return false;
      }
    }
    return true;
  }

  private FramePlanes copy(AVFrame frame) throws EncoderException {
    Frame target = copy;
    FramePlanes planes = copyPlanes;
    if (target == null || planes == null) {
      target = scope.add(Repacker.frame(planar, width, height, height));
      planes = new FramePlanes(target.struct());
      copy = target;
      copyPlanes = planes;
    }
    Av.check(FfmpegInput.av_frame_copy(target.struct(), frame), "copy a frame");
    return planes;
  }

  @Override
  public void close() {
    scope.close();
  }
}
