package io.reelmux.cuda.internal;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.cuda.internal.driver.ForeignFrame;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.SurfaceFrames;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** An FFmpeg surface, passed to the encoder unchanged once the work that wrote it is done. */
final class ForeignBatch implements FrameFeed.Batch {
  private final CudaFeed feed;
  private final CudaDevice.DeviceSupport support;
  private final DeviceFrames frames;

  /** Begins a batch of a surface that {@link #check} accepts. */
  ForeignBatch(CudaFeed feed, CudaDevice.DeviceSupport support, DeviceFrames frames) {
    this.feed = feed;
    this.support = support;
    this.frames = frames;
  }

  /** Whether frames are an FFmpeg surface: the caller's, or one of our reader. */
  static boolean handles(DeviceFrames frames) {
    return frames instanceof CudaFrames || frames instanceof SurfaceFrames;
  }

  /**
   * Refuses a surface.
   *
   * @throws IllegalArgumentException if the encoder does not support it
   * @throws IllegalStateException if it has been released
   */
  static void check(DeviceFrames frames, CudaDevice.DeviceSupport support) {
    use(
            frames,
            frame ->
                ForeignFrame.of(frame)
                    .unsupportedReason(
                        frames.layout(),
                        frames.width(),
                        frames.height(),
                        support.context().address()))
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  private static <T, E extends Exception> T use(DeviceFrames frames, SurfaceFrames.Use<T, E> work)
      throws E {
    return frames instanceof CudaFrames callers
        ? work.of(callers.avFrame())
        : ((SurfaceFrames) frames).use(work);
  }

  @Override
  public AVFrame frame(int index) throws EncoderException {
    return ForeignBatch.<AVFrame, EncoderException>use(frames, this::share);
  }

  private AVFrame share(AVFrame surface) throws EncoderException {
    ForeignFrame frame = ForeignFrame.of(surface);
    support
        .context()
        .run(
            () -> {
              support.ready().record(frame.stream());
              support.stream().await(support.ready());
            });
    frame.share(feed.surface());
    return feed.tagged(feed.surface().struct());
  }

  /** Nothing to wait for: the encoder holds its own references. */
  @Override
  public void close() {}
}
