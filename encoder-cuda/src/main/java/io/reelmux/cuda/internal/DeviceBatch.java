package io.reelmux.cuda.internal;

import io.reelmux.DevicePointerFrames;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.kernel.SurfaceTarget;
import io.reelmux.ffmpeg.spi.FrameFeed;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Frames in GPU memory, converted by a kernel on the video stream's own CUDA stream. That stream
 * waits for the caller's work by an event, and the caller waits for the conversions by another.
 */
final class DeviceBatch implements FrameFeed.Batch {
  private final CudaFeed feed;
  private final CudaDevice.DeviceSupport support;
  private final DevicePointerFrames frames;
  private final long[] planes;
  private final long[] pitches;
  private boolean reading;

  DeviceBatch(CudaFeed feed, CudaDevice.DeviceSupport support, DevicePointerFrames frames) {
    this.feed = feed;
    this.support = support;
    this.frames = frames;
    int count = frames.layout().planeCount();
    planes = new long[count];
    pitches = new long[count];
  }

  @Override
  public AVFrame frame(int index) throws EncoderException {
    if (index == 0) {
      awaitCallersWork();
    }
    feed.surfaces().take(feed.surface());
    AVFrame target = feed.surface().struct();
    locate(index);
    reading = true;
    support
        .context()
        .run(
            () -> {
              support
                  .kernels()
                  .convert(
                      support.stream().struct(),
                      frames.layout(),
                      planes,
                      pitches,
                      target(target),
                      frames.width(),
                      frames.height(),
                      feed.format().color());
              support.converted().record(support.stream());
            });
    return feed.tagged(target);
  }

  private void awaitCallersWork() throws EncoderException {
    support
        .context()
        .run(
            () -> {
              support.ready().record(frames.cudaStream());
              support.stream().await(support.ready());
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

  /** Waits for the conversions, which read the caller's memory until they are done. */
  @Override
  public void close() throws EncoderException {
    if (reading) {
      support.context().run(support.converted()::await);
    }
  }
}
