package io.reelmux.cuda.internal.driver;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffer_unref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwdevice_ctx_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwdevice_ctx_create;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwdevice_ctx_init;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVHWDeviceContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Owns a reference to an AVHWDeviceContext, which represents a GPU in FFmpeg. */
public final class HardwareDevice extends NativeOwner {

  /** AV_CUDA_USE_PRIMARY_CONTEXT of FFmpeg's hwcontext_cuda.h. */
  private static final int USE_PRIMARY_CONTEXT = 1;

  /** Fields of AVCUDADeviceContext, which has no bindings: consecutive pointers. */
  private static final int CONTEXT = 0;

  private static final int STREAM = 1;

  private final AVBufferRef struct;

  private HardwareDevice(AVBufferRef struct) {
    this.struct = struct;
  }

  /**
   * Wraps our own context, which must outlive this.
   *
   * @param stream the stream on which FFmpeg copies, and on which NVENC waits for its input
   */
  public static HardwareDevice over(PrimaryContext context, CudaStream stream)
      throws EncoderException {
    AVBufferRef struct =
        Av.allocated(av_hwdevice_ctx_alloc(AV_HWDEVICE_TYPE_CUDA), "allocate a device");
    try {
      PointerPointer<Pointer> fields = fields(struct);
      fields.put(CONTEXT, context.struct());
      fields.put(STREAM, stream.struct());
      Av.check(av_hwdevice_ctx_init(struct), "use the GPU");
      return new HardwareDevice(struct);
    } catch (EncoderException | RuntimeException | Error e) {
      av_buffer_unref(struct);
      throw e;
    }
  }

  /**
   * Lets FFmpeg open a GPU on its own, which needs no driver bindings.
   *
   * @param index index of the GPU
   */
  public static HardwareDevice open(int index) throws EncoderException {
    LogPosition start = LogPosition.here();
    try {
      return create(index, USE_PRIMARY_CONTEXT);
    } catch (EncoderException e) {
      boolean inUse = start.lines().stream().anyMatch(line -> line.contains("incompatible flags"));
      if (!inUse) {
        throw e;
      }
      // without the bindings no caller's pointers get here: FFmpeg's own context is as good
      return create(index, 0);
    }
  }

  private static HardwareDevice create(int index, int flags) throws EncoderException {
    AVBufferRef struct = new AVBufferRef((Pointer) null);
    int code =
        av_hwdevice_ctx_create(struct, AV_HWDEVICE_TYPE_CUDA, Integer.toString(index), null, flags);
    Av.check(code, "use the GPU cuda:" + index);
    return new HardwareDevice(struct);
  }

  private static PointerPointer<Pointer> fields(AVBufferRef device) {
    return new PointerPointer<>(new AVHWDeviceContext(device.data()).hwctx());
  }

  /** Address of a device's CUcontext. */
  static long context(AVHWDeviceContext device) {
    return address(new PointerPointer<>(device.hwctx()).get(CONTEXT));
  }

  /** Address of a device's CUstream; 0 for the default stream. */
  static long stream(AVHWDeviceContext device) {
    return address(new PointerPointer<>(device.hwctx()).get(STREAM));
  }

  private static long address(Pointer pointer) {
    return pointer == null ? 0 : pointer.address();
  }

  /** Address of the GPU's CUcontext. */
  public long context() {
    return context(new AVHWDeviceContext(struct.data()));
  }

  AVBufferRef struct() {
    return struct;
  }

  @Override
  protected void free() {
    av_buffer_unref(struct);
  }
}
