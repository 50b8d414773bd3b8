package io.reelmux.ffmpeg.internal.video;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.GpuFailures;
import io.reelmux.ffmpeg.internal.codec.Nvenc;
import io.reelmux.ffmpeg.internal.codec.PixelFormats;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** The CPU's part in a video stream: an encoder of frames in the host's memory. */
public final class CpuStream implements DeviceStream {
  private final AVCodec codec;
  private final VideoOptions options;
  private final Container container;

  /** Creates the part for an encoder. */
  public CpuStream(AVCodec codec, VideoOptions options, Container container) {
    this.codec = codec;
    this.options = options;
    this.container = container;
  }

  @Override
  public AVCodec codec() {
    return codec;
  }

  @Override
  public boolean onDevice() {
    return false;
  }

  @Override
  public int pixelFormat() {
    return PixelFormats.choose(codec, options, container);
  }

  @Override
  public List<Integer> formats() {
    return PixelFormats.behindFilters(codec, options, container);
  }

  @Override
  public void attach(AVCodecContext context, FrameFormat format) {}

  @Override
  public FrameFeed feed(FrameFormat format, FrameFeed host) {
    return host;
  }

  /** An encoder of a GPU can be named without its device; what it lacks is the same then. */
  @Override
  public EncoderException explain(EncoderException failure) {
    if (!Nvenc.ENCODERS.contains(Av.string(codec.name()))) {
      return failure;
    }
    return new GpuFailures(List.of())
        .explain(Device.cuda(), failure.errorText(), failure.logLines())
        .map(reason -> reason + "; EncoderCatalog.unavailableReason(Device.cuda()) checks it")
        .map(
            text ->
                new EncoderException(
                    failure.operation(),
                    failure.stream().orElse(null),
                    failure.errorCode(),
                    text,
                    failure.logLines(),
                    failure))
        .orElse(failure);
  }

  @Override
  public void close() {}
}
