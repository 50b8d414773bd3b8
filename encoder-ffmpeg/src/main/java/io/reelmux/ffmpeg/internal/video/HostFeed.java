package io.reelmux.ffmpeg.internal.video;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Converts frames on the CPU, in the host's memory. */
public final class HostFeed implements FrameFeed {
  private final FrameFormat format;
  private @Nullable FrameConverter converter;

  /** Creates a feed for an encoder of such frames. */
  public HostFeed(FrameFormat format) {
    this.format = format;
  }

  @Override
  public AVFrame convert(VideoFrame frame) throws EncoderException {
    return converterFor(frame).convert(frame);
  }

  private FrameConverter converterFor(VideoFrame frame) throws EncoderException {
    FrameConverter current = converter;
    if (current == null || !current.handles(frame)) {
      close();
      current = new FrameConverter(frame, format);
      converter = current;
    }
    return current;
  }

  @Override
  public boolean ownsConvertedFrames() {
    return converter != null && converter.ownsConvertedFrames();
  }

  @Override
  public void check(DeviceFrames frames) {
    throw new IllegalArgumentException(
        "frames in the memory of "
            + frames.device()
            + ": this stream is encoded on the CPU, and accepts frames in the host's memory");
  }

  @Override
  public Batch begin(DeviceFrames frames) {
    check(frames);
    throw new AssertionError("refused");
  }

  @Override
  public void close() {
    if (converter != null) {
      converter.close();
      converter = null;
    }
  }
}
