package io.reelmux.cuda.internal;

import io.reelmux.DevicePointerFrames;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.kernel.SurfaceTarget;
import io.reelmux.ffmpeg.internal.video.FrameFeed;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Pictures in a board's memory, converted by a kernel on the stream's own CUDA stream: that waits
 * by event for the caller's work, and the caller by event for the conversions.
 */
final class DeviceBatch implements FrameFeed.Batch {
  private final CudaFeed feed;
  private final CudaDevice.Lane lane;
  private final DevicePointerFrames frames;
  private final long[] planes;
  private final long[] pitches;
  private boolean reading;

  DeviceBatch(CudaFeed feed, CudaDevice.Lane lane, DevicePointerFrames frames) {
    this.feed = feed;
    this.lane = lane;
    this.frames = frames;
    int count = frames.layout().planeCount();
    planes = new long[count];
    pitches = new long[count];
  }

  @Override
  public AVFrame picture(int index) throws EncoderException {
    if (index == 0) {
      awaitCallersWork();
    }
    feed.surfaces().take(feed.surface());
    AVFrame target = feed.surface().struct();
    locate(index);
    reading = true;
    lane.context()
        .run(
            () -> {
              lane.kernels()
                  .convert(
                      lane.stream().struct(),
                      frames.layout(),
                      planes,
                      pitches,
                      target(target),
                      frames.width(),
                      frames.height(),
                      feed.format().color());
              lane.converted().record(lane.stream());
            });
    return feed.tagged(target);
  }

  private void awaitCallersWork() throws EncoderException {
    lane.context()
        .run(
            () -> {
              lane.ready().record(frames.cudaStream());
              lane.stream().await(lane.ready());
            });
  }

  private void locate(int index) {
    long address = frames.devicePointer() + index * frames.frameStride();
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane] = address;
      pitches[plane] = frames.planePitch(plane);
      address += pitches[plane] * frames.layout().planeHeight(plane, frames.height());
    }
  }

  private SurfaceTarget target(AVFrame surface) {
    return new SurfaceTarget(
        surface.data(0).address(),
        surface.linesize(0),
        surface.data(1).address(),
        surface.linesize(1),
        feed.bits());
  }

  /** Until the conversions are done the caller's memory is read. */
  @Override
  public void close() throws EncoderException {
    if (reading) {
      lane.context().run(lane.converted()::await);
    }
  }
}
