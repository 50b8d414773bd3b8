package io.reelmux.ffmpeg.internal;

import io.reelmux.DeviceFrames;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.video.SharedLoads;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Several video streams that encode the same frames, each of which is read once. */
final class RenditionsInput implements VideoInput {
  private final List<VideoStreamInput> streams;
  private final SharedLoads loads = new SharedLoads();

  RenditionsInput(List<VideoStreamInput> streams) {
    this.streams = List.copyOf(streams);
    this.streams.forEach(stream -> stream.share(loads));
  }

  @Override
  public void check(VideoFrame frame) {
    streams.forEach(stream -> stream.check(frame));
  }

  @Override
  public void add(VideoFrame frame) throws IOException {
    try {
      for (VideoStreamInput stream : streams) {
        stream.add(frame);
      }
    } finally {
      loads.done();
    }
  }

  @Override
  public void check(DeviceFrames frames) {
    streams.forEach(stream -> stream.check(frames));
  }

  @Override
  public void add(DeviceFrames frames) throws IOException {
    for (VideoStreamInput stream : streams) {
      stream.add(frames);
    }
  }

  @Override
  public void checkBitRate(long bitsPerSecond) {
    throw new IllegalArgumentException(
        "setBitRate: renditions have bit rates of their own, which cannot be changed together");
  }

  @Override
  public void setBitRate(long bitsPerSecond) {
    checkBitRate(bitsPerSecond);
  }

  @Override
  public void end() throws IOException {
    for (VideoStreamInput stream : streams) {
      stream.end();
    }
  }

  @Override
  public void checkEnd(Duration at) {
    streams.forEach(stream -> stream.checkEnd(at));
  }

  @Override
  public void end(Duration at) throws IOException {
    for (VideoStreamInput stream : streams) {
      stream.end(at);
    }
  }
}
