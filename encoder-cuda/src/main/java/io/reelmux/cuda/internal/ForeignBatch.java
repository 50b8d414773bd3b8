package io.reelmux.cuda.internal;

import io.reelmux.EncoderException;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.cuda.internal.driver.ForeignFrame;
import io.reelmux.ffmpeg.spi.FrameFeed;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** An FFmpeg surface, passed to the encoder unchanged once the work that wrote it is done. */
final class ForeignBatch implements FrameFeed.Batch {
  private final CudaFeed feed;
  private final CudaDevice.DeviceSupport support;
  private final ForeignFrame frame;

  /** Begins a batch of a surface that {@link #check} accepts. */
  ForeignBatch(CudaFeed feed, CudaDevice.DeviceSupport support, CudaFrames frames) {
    this.feed = feed;
    this.support = support;
    this.frame = ForeignFrame.of(frames.avFrame());
  }

  /**
   * Refuses a surface.
   *
   * @throws IllegalArgumentException if the encoder does not support it
   */
  static void check(CudaFrames frames, CudaDevice.DeviceSupport support) {
    ForeignFrame.of(frames.avFrame())
        .unsupportedReason(
            frames.layout(), frames.width(), frames.height(), support.context().address())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  @Override
  public AVFrame frame(int index) throws EncoderException {
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
