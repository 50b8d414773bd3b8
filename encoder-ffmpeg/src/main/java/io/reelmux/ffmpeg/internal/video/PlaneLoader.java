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
  private final @Nullable AlphaFlattener flattener;

  /**
   * Creates a loader.
   *
   * @param sourcePlanes the caller's plane for each native plane
   * @param format pixel format of the caller's memory
   * @param target pixel format to pass on
   */
  PlaneLoader(
      int[] sourcePlanes,
      int format,
      int target,
      int width,
      int height,
      @Nullable AlphaFlattener flattener)
      throws EncoderException {
    this.sourcePlanes = sourcePlanes;
    this.flattener = flattener;
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
      staging.copyRows(frame, source, 0, rows, plane);
    }
    if (flattener != null) {
      flattener.flatten(staging.view(0), staging.stride(0), frame.width(), frame.height());
    }
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
