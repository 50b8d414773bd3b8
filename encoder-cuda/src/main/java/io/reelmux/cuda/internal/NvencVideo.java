package io.reelmux.cuda.internal;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.cuda.internal.nvenc.NvencCodecs;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.VideoDevice;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/** Encodes video on CUDA devices with NVENC. {@link java.util.ServiceLoader} finds it. */
public final class NvencVideo implements VideoDevice {

  /** For the service loader. */
  public NvencVideo() {}

  @Override
  public boolean handles(Device device) {
    return device.isCuda();
  }

  @Override
  public DeviceStream open(VideoOptions options, Container container) throws EncoderException {
    AVCodec codec = NvencCodecs.choose(options, container);
    return NvencStream.open(options, container, codec, NvencCodecs.bits(options, codec));
  }

  @Override
  public List<DeviceInfo> devices() {
    return Gpus.list();
  }

  @Override
  public Optional<String> unavailableReason(Device device) {
    return GpuProbe.unavailableReason(device);
  }
}
