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

/** Owns a reference to FFmpeg's idea of a board: an AVHWDeviceContext. */
public final class HardwareDevice extends NativeOwner {

  /** AV_CUDA_USE_PRIMARY_CONTEXT of FFmpeg's hwcontext_cuda.h. */
  private static final int USE_PRIMARY_CONTEXT = 1;

  /** Fields of AVCUDADeviceContext, for which there is no binding: pointers one after another. */
  private static final int CONTEXT = 0;

  private static final int STREAM = 1;

  private final AVBufferRef struct;

  private HardwareDevice(AVBufferRef struct) {
    this.struct = struct;
  }

  /**
   * A board by a context of ours, which outlives this.
   *
   * @param stream on which FFmpeg copies, and NVENC waits for its input
   */
  public static HardwareDevice over(PrimaryContext context, CudaStream stream)
      throws EncoderException {
    AVBufferRef struct =
        Av.allocated(av_hwdevice_ctx_alloc(AV_HWDEVICE_TYPE_CUDA), "allocate a device");
    try {
      PointerPointer<Pointer> fields = fields(struct);
      fields.put(CONTEXT, context.struct());
      fields.put(STREAM, stream.struct());
      Av.check(av_hwdevice_ctx_init(struct), "use the board");
      return new HardwareDevice(struct);
    } catch (EncoderException | RuntimeException | Error e) {
      av_buffer_unref(struct);
      throw e;
    }
  }

  /**
   * A board that FFmpeg opens by itself, for which no binding of the driver is needed.
   *
   * @param index number of the board
   */
  public static HardwareDevice open(int index) throws EncoderException {
    LogPosition mark = LogPosition.here();
    try {
      return create(index, USE_PRIMARY_CONTEXT);
    } catch (EncoderException e) {
      boolean taken = mark.lines().stream().anyMatch(line -> line.contains("incompatible flags"));
      if (!taken) {
        throw e;
      }
      // nobody's pointers come here without the bindings: a context of FFmpeg's own is as good
      return create(index, 0);
    }
  }

  private static HardwareDevice create(int index, int flags) throws EncoderException {
    AVBufferRef struct = new AVBufferRef((Pointer) null);
    int code =
        av_hwdevice_ctx_create(struct, AV_HWDEVICE_TYPE_CUDA, Integer.toString(index), null, flags);
    Av.check(code, "use the board cuda:" + index);
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

  /** Address of the board's CUcontext. */
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
