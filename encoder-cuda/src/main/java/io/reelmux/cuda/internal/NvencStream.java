package io.reelmux.cuda.internal;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.cuda.internal.driver.HardwareFrames;
import io.reelmux.cuda.internal.nvenc.NvencFailures;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.codec.PixelFormats;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.jspecify.annotations.Nullable;

/** A video stream's use of a GPU: its encoder, its surfaces, and the feed that fills them. */
final class NvencStream implements DeviceStream {
  private final NativeScope scope = new NativeScope();
  private final VideoOptions options;
  private final Container container;
  private final AVCodec codec;
  private final int bits;
  private final CudaDevice gpu;
  private @Nullable HardwareFrames surfaces;

  /** Where FFmpeg's messages about the current operation begin. */
  private LogPosition operationStart;

  private NvencStream(
      VideoOptions options,
      Container container,
      AVCodec codec,
      int bits,
      CudaDevice gpu,
      LogPosition operationStart) {
    this.options = options;
    this.container = container;
    this.codec = codec;
    this.bits = bits;
    this.gpu = scope.add(gpu);
    this.operationStart = operationStart;
  }

  /**
   * Opens a GPU for a stream.
   *
   * @param bits bits per component, 8 or 10
   * @throws EncoderException if the GPU cannot be used, with what to do about it
   */
  static NvencStream open(VideoOptions options, Container container, AVCodec codec, int bits)
      throws EncoderException {
    Device device = options.device();
    LogPosition operationStart = LogPosition.here();
    try {
      return new NvencStream(
          options, container, codec, bits, CudaDevice.open(device.index()), operationStart);
    } catch (EncoderException e) {
      throw NvencFailures.explain(device, e, operationStart.lines());
    }
  }

  @Override
  public AVCodec codec() {
    return codec;
  }

  @Override
  public boolean onDevice() {
    return true;
  }

  @Override
  public int pixelFormat() {
    int surfaces = bits == 8 ? AV_PIX_FMT_NV12 : AV_PIX_FMT_P010LE;
    return PixelFormats.ofDevice(codec, options, surfaces, container);
  }

  @Override
  public void attach(AVCodecContext context, FrameFormat format) throws EncoderException {
    HardwareFrames pool =
        scope.add(
            HardwareFrames.create(
                gpu.hardware(), format.pixelFormat(), format.width(), format.height()));
    surfaces = pool;
    pool.attach(context);
  }

  @Override
  public FrameFeed feed(FrameFormat format, FrameFeed host) throws EncoderException {
    HardwareFrames pool = surfaces;
    if (pool == null) {
      throw new IllegalStateException("the encoder has no surfaces yet");
    }
    operationStart = LogPosition.here();
    return new CudaFeed(format, host, bits, gpu, pool);
  }

  @Override
  public EncoderException explain(EncoderException failure) {
    return NvencFailures.explain(options.device(), failure, operationStart.lines());
  }

  @Override
  public void close() {
    scope.close();
  }
}
