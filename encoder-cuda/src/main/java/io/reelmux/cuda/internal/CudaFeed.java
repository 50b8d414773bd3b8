package io.reelmux.cuda.internal;

import io.reelmux.AlphaMode;
import io.reelmux.DeviceFrames;
import io.reelmux.DevicePointerFrames;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.cuda.internal.driver.HardwareFrames;
import io.reelmux.cuda.internal.kernel.FrameKernels;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Turns frames into surfaces on a GPU: frames in host memory are converted on the CPU and copied,
 * frames in GPU memory are converted by a kernel, and FFmpeg surfaces are passed on.
 */
final class CudaFeed implements FrameFeed {
  private final NativeScope scope = new NativeScope();
  private final FrameFormat format;
  private final ColorTags tags;
  private final int bits;
  private final CudaDevice device;
  private final HardwareFrames surfaces;
  private final Frame surface;
  private final FrameFeed host;

  CudaFeed(FrameFormat format, FrameFeed host, int bits, CudaDevice device, HardwareFrames surfaces)
      throws EncoderException {
    this.format = format;
    this.tags = format.tags();
    this.bits = bits;
    this.device = device;
    this.surfaces = surfaces;
    this.host = host;
    this.surface = scope.add(Frame.allocate());
  }

  @Override
  public AVFrame convert(VideoFrame frame) throws EncoderException {
    AVFrame converted = host.convert(frame);
    surfaces.take(surface);
    surfaces.upload(converted, surface);
    return tagged(surface.struct());
  }

  /** The GPU encodes in parallel with the CPU anyway. */
  @Override
  public boolean ownsConvertedFrames() {
    return false;
  }

  @Override
  public void check(DeviceFrames frames) {
    // first: without CUDA's runtime no frame in GPU memory is supported
    CudaDevice.DeviceSupport support = device.support();
    if (frames.width() != format.width() || frames.height() != format.height()) {
      throw new IllegalArgumentException(
          "frames of %dx%d in the memory of %s cannot be scaled to the stream's outputSize %dx%d: only frames in host memory can be scaled"
              .formatted(
                  frames.width(),
                  frames.height(),
                  frames.device(),
                  format.width(),
                  format.height()));
    }
    if (!FrameKernels.handles(frames.layout(), bits)) {
      throw new IllegalArgumentException(unsupportedReason(frames.layout()));
    }
    if (frames.layout().hasAlpha() && format.alpha() == AlphaMode.FLATTEN) {
      throw new IllegalArgumentException(
          "AlphaMode.FLATTEN: alpha of frames in the memory of "
              + frames.device()
              + " can only be dropped (AlphaMode.DROP)");
    }
    if (ForeignBatch.handles(frames)) {
      ForeignBatch.check(frames, support);
    } else if (!(frames instanceof DevicePointerFrames)) {
      throw unsupported(frames);
    }
  }

  private String unsupportedReason(PixelLayout layout) {
    if (layout == PixelLayout.P010) {
      return "P010 frames have 10 bits, and the stream encodes 8: use hevc or av1 with a 10-bit color"
          + " such as ColorSpec.BT2020_PQ, or hevc with profile(\"main10\")";
    }
    if (layout == PixelLayout.NV12) {
      return "NV12 frames have 8 bits, and the stream encodes 10: use P010 or RGB frames";
    }
    return layout
        + " frames in GPU memory are not supported; supported layouts: "
        + Arrays.stream(PixelLayout.values())
            .filter(other -> FrameKernels.handles(other, bits))
            .map(PixelLayout::name)
            .collect(Collectors.joining(", "));
  }

  @Override
  public Batch begin(DeviceFrames frames) {
    CudaDevice.DeviceSupport support = device.support();
    if (ForeignBatch.handles(frames)) {
      return new ForeignBatch(this, support, frames);
    }
    if (frames instanceof DevicePointerFrames memory) {
      return new DeviceBatch(this, support, memory);
    }
    throw unsupported(frames);
  }

  private static IllegalArgumentException unsupported(DeviceFrames frames) {
    return new IllegalArgumentException(
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

  /** Sets the color tags of a surface. */
  AVFrame tagged(AVFrame surface) {
    tags.applyTo(surface);
    return surface;
  }

  @Override
  public void close() {
    scope.close();
  }
}
