package io.reelmux.cuda.internal.driver;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;

/** An FFmpeg frame in CUDA memory that somebody else owns. Allocates no native memory. */
public final class ForeignFrame {
  private final AVFrame struct;

  private ForeignFrame(AVFrame struct) {
    this.struct = struct;
  }

  /** Returns the frame behind a Bytedeco object. */
  public static ForeignFrame of(AVFrame frame) {
    return new ForeignFrame(frame);
  }

  /**
   * The layout of the surface.
   *
   * @throws IllegalArgumentException if this is not a surface in CUDA memory, or neither NV12 nor
   *     P010
   */
  public PixelLayout layout() {
    AVBufferRef frames = struct.hw_frames_ctx();
    if (struct.format() != AV_PIX_FMT_CUDA || frames == null || frames.isNull()) {
      throw new IllegalArgumentException(
          "the AVFrame is "
              + (struct.format() < 0 ? "empty" : PixelFormat.name(struct.format()))
              + ", not a surface in CUDA memory: decode with hwaccel cuda, or use hwupload_cuda");
    }
    int format = new AVHWFramesContext(frames.data()).sw_format();
    if (format != AV_PIX_FMT_NV12 && format != AV_PIX_FMT_P010LE) {
      throw new IllegalArgumentException(
          "the AVFrame's surface is %s; only nv12 and p010le are supported: convert it with scale_cuda=format=nv12"
              .formatted(PixelFormat.name(format)));
    }
    return format == AV_PIX_FMT_NV12 ? PixelLayout.NV12 : PixelLayout.P010;
  }

  /** Width of the frame in pixels. */
  public int width() {
    return struct.width();
  }

  /** Height of the frame in pixels. */
  public int height() {
    return struct.height();
  }

  /**
   * Why an encoder that uses a context cannot accept the frame; empty if it can.
   *
   * @param layout the layout that the caller declared
   * @param context address of the CUcontext
   */
  public Optional<String> unsupportedReason(
      PixelLayout layout, int width, int height, long context) {
    PixelLayout own = layout();
    if (own != layout || width() != width || height() != height) {
      return Optional.of(
          "the AVFrame is %s %dx%d, not %s %dx%d"
              .formatted(own, width(), height(), layout, width, height));
    }
    boolean cropped =
        struct.crop_left() != 0
            || struct.crop_top() != 0
            || struct.crop_right() != 0
            || struct.crop_bottom() != 0;
    if (cropped) {
      return Optional.of(
          "the AVFrame has crop values, which NVENC ignores: scale_cuda applies them");
    }
    if (HardwareDevice.context(frames().device_ctx()) != context) {
      return Optional.of(
          "the AVFrame is not in the primary context of the GPU: open its device with"
              + " primary_ctx=1 (AV_CUDA_USE_PRIMARY_CONTEXT)");
    }
    return Optional.empty();
  }

  /** Address of the CUstream on which the surface was written; 0 for the default stream. */
  public long stream() {
    return HardwareDevice.stream(frames().device_ctx());
  }

  /** Makes another frame refer to the same surface. */
  public void share(Frame frame) throws EncoderException {
    frame.unref();
    Av.check(av_frame_ref(frame.struct(), struct), "share a surface");
  }

  private AVHWFramesContext frames() {
    return new AVHWFramesContext(struct.hw_frames_ctx().data());
  }
}
