package io.reelmux.cuda.internal.driver;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffer_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffer_unref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwframe_ctx_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwframe_ctx_init;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwframe_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;

/**
 * Owns a reference to an AVHWFramesContext, a pool of surfaces. A surface is in use as long as
 * anything, such as NVENC, holds a frame that refers to it; the pool grows as needed.
 */
public final class HardwareFrames extends NativeOwner {
  private final AVBufferRef struct;

  private HardwareFrames(AVBufferRef struct) {
    this.struct = struct;
  }

  /**
   * Creates an empty pool.
   *
   * @param pixelFormat pixel format of the surfaces: NV12 or P010
   */
  public static HardwareFrames create(HardwareDevice device, int pixelFormat, int width, int height)
      throws EncoderException {
    AVBufferRef struct =
        Av.allocated(av_hwframe_ctx_alloc(device.struct()), "allocate a pool of surfaces");
    try {
      new AVHWFramesContext(struct.data())
          .format(AV_PIX_FMT_CUDA)
          .sw_format(pixelFormat)
          .width(width)
          .height(height);
      Av.check(av_hwframe_ctx_init(struct), "create a pool of surfaces");
      return new HardwareFrames(struct);
    } catch (EncoderException | RuntimeException | Error e) {
      av_buffer_unref(struct);
      throw e;
    }
  }

  /** Makes an encoder that has not been opened yet use these surfaces. */
  public void attach(AVCodecContext context) throws EncoderException {
    context.pix_fmt(AV_PIX_FMT_CUDA);
    context.hw_frames_ctx(Av.allocated(av_buffer_ref(struct), "share a pool of surfaces"));
  }

  /** Assigns a free surface to a frame, which releases the one it had. */
  public void take(Frame frame) throws EncoderException {
    frame.unref();
    Av.check(av_hwframe_get_buffer(struct, frame.struct(), 0), "allocate a surface on the GPU");
  }

  /**
   * Copies a frame in host memory to a surface.
   *
   * @param hostFrame has the surface's pixel format and size
   */
  public void upload(AVFrame hostFrame, Frame surface) throws EncoderException {
    HardwareDevice.copy(surface.struct(), hostFrame, "copy a frame to the GPU");
  }

  @Override
  protected void free() {
    av_buffer_unref(struct);
  }
}
