package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffer_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffer_unref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwdevice_ctx_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwdevice_ctx_create;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwdevice_ctx_init;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_hwframe_transfer_data;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
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
   * Wraps a context, which must outlive this.
   *
   * @param context the CUcontext
   * @param stream the CUstream on which FFmpeg copies, and on which NVENC waits for its input
   */
  public static HardwareDevice over(Pointer context, Pointer stream) throws EncoderException {
    AVBufferRef struct =
        Av.allocated(av_hwdevice_ctx_alloc(AV_HWDEVICE_TYPE_CUDA), "allocate a device");
    try {
      PointerPointer<Pointer> fields = fields(struct);
      fields.put(CONTEXT, context);
      fields.put(STREAM, stream);
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
  public static long context(AVHWDeviceContext device) {
    return address(new PointerPointer<>(device.hwctx()).get(CONTEXT));
  }

  /** Address of a device's CUstream; 0 for the default stream. */
  public static long stream(AVHWDeviceContext device) {
    return address(new PointerPointer<>(device.hwctx()).get(STREAM));
  }

  private static long address(Pointer pointer) {
    return pointer == null ? 0 : pointer.address();
  }

  /** Address of the GPU's CUcontext. */
  public long context() {
    return context(new AVHWDeviceContext(struct.data()));
  }

  /** Returns the reference, which is valid until this is closed. */
  public AVBufferRef struct() {
    return struct;
  }

  /** Returns another reference to the device, for a struct that frees it. */
  public AVBufferRef share() throws EncoderException {
    return Av.allocated(av_buffer_ref(struct), "share the GPU");
  }

  /**
   * Copies a frame from host memory to a surface, or back.
   *
   * @param target has memory; its pixel format and size are those of the source
   * @param operation what is attempted, for the message: "could not ..."
   */
  public static void copy(AVFrame target, AVFrame source, String operation)
      throws EncoderException {
    LogPosition start = LogPosition.here();
    Av.check(av_hwframe_transfer_data(target, source, 0), operation);
    // FFmpeg does not return the code of a failed copy
    if (start.hasLines() && start.lines().stream().anyMatch(line -> line.contains(" failed -> "))) {
      throw Av.failure(Av.EXTERNAL, operation);
    }
  }

  @Override
  protected void free() {
    av_buffer_unref(struct);
  }
}
