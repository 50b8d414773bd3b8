package io.reelmux.cuda.internal;

import io.reelmux.EncoderException;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.cuda.internal.driver.ForeignFrame;
import io.reelmux.ffmpeg.internal.video.FrameFeed;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A surface of FFmpeg's, which the encoder is given as it is, once what wrote it is done. */
final class ForeignBatch implements FrameFeed.Batch {
  private final CudaFeed feed;
  private final CudaDevice.Lane lane;
  private final ForeignFrame frame;

  /**
   * Checks the frame.
   *
   * @throws IllegalArgumentException if the encoder does not support it
   */
  ForeignBatch(CudaFeed feed, CudaDevice.Lane lane, CudaFrames frames) {
    this.feed = feed;
    this.lane = lane;
    this.frame = ForeignFrame.of(frames.avFrame());
    frame
        .unsupportedReason(
            frames.layout(), frames.width(), frames.height(), lane.context().address())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  @Override
  public AVFrame picture(int index) throws EncoderException {
    lane.context()
        .run(
            () -> {
              lane.ready().record(frame.stream());
              lane.stream().await(lane.ready());
            });
    frame.share(feed.surface());
    return feed.tagged(feed.surface().struct());
  }

  /** The encoder has references of its own. */
  @Override
  public void close() {}
}
