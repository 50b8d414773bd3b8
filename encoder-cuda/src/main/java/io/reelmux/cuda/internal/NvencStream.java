package io.reelmux.cuda.internal;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.HardwareFrames;
import io.reelmux.cuda.internal.nvenc.NvencFailures;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.jspecify.annotations.Nullable;

/** A video stream's share of a board: its encoder, its surfaces, the way to them. */
final class NvencStream implements DeviceStream {
  private final NativeScope scope = new NativeScope();
  private final Device device;
  private final AVCodec codec;
  private final int bits;
  private final CudaDevice board;
  private @Nullable HardwareFrames surfaces;

  /** From where on FFmpeg's messages are about what is being done. */
  private LogPosition mark;

  private NvencStream(Device device, AVCodec codec, int bits, CudaDevice board, LogPosition mark) {
    this.device = device;
    this.codec = codec;
    this.bits = bits;
    this.board = scope.add(board);
    this.mark = mark;
  }

  /**
   * Opens a board for a stream.
   *
   * @param bits of a component, 8 or 10
   * @throws EncoderException if the board cannot be used, with what to do about it
   */
  static NvencStream open(Device device, AVCodec codec, int bits) throws EncoderException {
    LogPosition mark = LogPosition.here();
    try {
      return new NvencStream(device, codec, bits, CudaDevice.open(device.index()), mark);
    } catch (EncoderException e) {
      throw NvencFailures.explain(device, e, mark.lines());
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
    return bits == 8 ? AV_PIX_FMT_NV12 : AV_PIX_FMT_P010LE;
  }

  @Override
  public void attach(AVCodecContext context, FrameFormat format) throws EncoderException {
    HardwareFrames pool =
        scope.add(
            HardwareFrames.create(
                board.hardware(), format.pixelFormat(), format.width(), format.height()));
    surfaces = pool;
    pool.attach(context);
  }

  @Override
  public FrameFeed feed(FrameFormat format, FrameFeed host) throws EncoderException {
    HardwareFrames pool = surfaces;
    if (pool == null) {
      throw new IllegalStateException("the encoder has no surfaces yet");
    }
    mark = LogPosition.here();
    return new CudaFeed(format, host, bits, board, pool);
  }

  @Override
  public EncoderException explain(EncoderException failure) {
    return NvencFailures.explain(device, failure, mark.lines());
  }

  @Override
  public void close() {
    scope.close();
  }
}
