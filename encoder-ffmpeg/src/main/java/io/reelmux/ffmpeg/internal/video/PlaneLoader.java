package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Scaler;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Copies planes unchanged, and changes the pixel format where zimg does not read it (NV12, packed
 * 16-bit RGB, foreign byte order).
 */
final class PlaneLoader implements FrameLoader {
  private final NativeScope scope = new NativeScope();
  private final int[] sourcePlanes;
  private final StagingFrame staging;
  private final @Nullable StagingFrame converted;
  private final @Nullable Scaler scaler;
  private final PlaneCopy copy;
  private final RowPass pass;

  /**
   * Creates a loader.
   *
   * @param sourcePlanes the caller's plane for each native plane
   * @param format pixel format of the caller's memory
   * @param target pixel format to pass on
   * @param copy copies the caller's planes; closed with this, or when this fails
   * @param pass is applied to the first plane as it was copied
   */
  PlaneLoader(
      int[] sourcePlanes,
      int format,
      int target,
      int width,
      int height,
      PlaneCopy copy,
      RowPass pass)
      throws EncoderException {
    this.sourcePlanes = sourcePlanes;
    this.copy = scope.add(copy);
    this.pass = pass;
    try {
      staging = scope.add(new StagingFrame(format, width, height));
      boolean same = format == target;
      converted = same ? null : scope.add(new StagingFrame(target, width, height));
      scaler = same ? null : scope.add(Scaler.allocate(width, height, format, target));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  @Override
  public AVFrame load(VideoFrame frame) throws EncoderException {
    staging.makeWritable();
    for (int plane = 0; plane < sourcePlanes.length; plane++) {
      int source = sourcePlanes[plane];
      int rows = frame.layout().planeHeight(source, frame.height());
      copy.copy(frame, source, rows, staging, plane);
    }
    pass.apply(staging.view(0), staging.stride(0), frame.width(), 0, frame.height());
    if (converted == null || scaler == null) {
      return staging.struct();
    }
    converted.makeWritable();
    scaler.convert(staging.struct(), converted.struct());
    return converted.struct();
  }

  @Override
  public int format() {
    return (converted == null ? staging : converted).struct().format();
  }

  @Override
  public void close() {
    scope.close();
  }
}
