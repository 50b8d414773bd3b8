package io.reelmux.cuda.internal;

import io.reelmux.AlphaMode;
import io.reelmux.DeviceFrames;
import io.reelmux.DevicePointerFrames;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.cuda.internal.driver.HardwareFrames;
import io.reelmux.cuda.internal.kernel.FrameKernels;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.choose.ColorRules;
import io.reelmux.ffmpeg.internal.video.FrameFeed;
import io.reelmux.ffmpeg.internal.video.FrameFormat;
import io.reelmux.ffmpeg.internal.video.HostFeed;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Brings pictures to surfaces of a board: those in the host's memory are converted on the CPU and
 * copied, those in the board's memory are converted by a kernel, surfaces of FFmpeg's are passed
 * on.
 */
final class CudaFeed implements FrameFeed {
  private final NativeScope scope = new NativeScope();
  private final FrameFormat format;
  private final int bits;
  private final CudaDevice device;
  private final HardwareFrames surfaces;
  private final Frame surface;
  private final HostFeed host;

  CudaFeed(FrameFormat format, int bits, CudaDevice device, HardwareFrames surfaces)
      throws EncoderException {
    this.format = format;
    this.bits = bits;
    this.device = device;
    this.surfaces = surfaces;
    this.host = scope.add(new HostFeed(format));
    this.surface = scope.add(Frame.allocate());
  }

  @Override
  public AVFrame convert(VideoFrame frame) throws EncoderException {
    AVFrame picture = host.convert(frame);
    surfaces.take(surface);
    surfaces.upload(picture, surface);
    return tagged(surface.struct());
  }

  /** The board encodes beside the CPU anyway. */
  @Override
  public boolean ownsConvertedFrames() {
    return false;
  }

  @Override
  public void check(DeviceFrames frames) {
    device.lane();
    if (frames.width() != format.width() || frames.height() != format.height()) {
      throw new IllegalArgumentException(
          "frames of %dx%d in the memory of %s are not scaled to the stream's outputSize %dx%d: only frames in the host's memory are"
              .formatted(
                  frames.width(),
                  frames.height(),
                  frames.device(),
                  format.width(),
                  format.height()));
    }
    if (!FrameKernels.handles(frames.layout(), bits)) {
      throw new IllegalArgumentException(refusal(frames.layout()));
    }
    if (frames.layout().hasAlpha() && format.alpha() == AlphaMode.FLATTEN) {
      throw new IllegalArgumentException(
          "AlphaMode.FLATTEN: alpha of frames in the memory of "
              + frames.device()
              + " can only be dropped (AlphaMode.DROP)");
    }
    begin(frames);
  }

  private String refusal(PixelLayout layout) {
    if (layout == PixelLayout.P010) {
      return "P010 frames have 10 bits, and the stream encodes 8: use hevc or av1 with color"
          + "(ColorSpec.BT2020_PQ) or another of 10 bits, or hevc with profile(\"main10\")";
    }
    if (layout == PixelLayout.NV12) {
      return "NV12 frames have 8 bits, and the stream encodes 10: give it P010 frames, or RGB ones";
    }
    return layout
        + " frames in the memory of a GPU are not encoded; these are: "
        + Arrays.stream(PixelLayout.values())
            .filter(other -> FrameKernels.handles(other, bits))
            .map(PixelLayout::name)
            .collect(Collectors.joining(", "));
  }

  /** Queues no work on the GPU before the first frame, so that it serves as a check as well. */
  @Override
  public Batch begin(DeviceFrames frames) {
    CudaDevice.Lane lane = device.lane();
    if (frames instanceof CudaFrames surface) {
      return new ForeignBatch(this, lane, surface);
    }
    if (frames instanceof DevicePointerFrames memory) {
      return new DeviceBatch(this, lane, memory);
    }
    throw new IllegalArgumentException(
        frames.getClass().getName() + " is not supported: use DeviceFrames.of or CudaFrames.of");
  }

  HardwareFrames surfaces() {
    return surfaces;
  }

  Frame surface() {
    return surface;
  }

  FrameFormat format() {
    return format;
  }

  int bits() {
    return bits;
  }

  /** Says what the colours of a surface mean. */
  AVFrame tagged(AVFrame picture) {
    picture.colorspace(ColorRules.matrix(format.color()));
    picture.color_range(ColorRules.range(format.color()));
    picture.color_primaries(ColorRules.primaries(format.color()));
    picture.color_trc(ColorRules.transfer(format.color()));
    picture.chroma_location(format.chromaLocation());
    return picture;
  }

  @Override
  public void close() {
    scope.close();
  }
}
