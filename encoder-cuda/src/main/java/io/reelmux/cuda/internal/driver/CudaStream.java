package io.reelmux.cuda.internal.driver;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.bytedeco.cuda.cudart.CUstream_st;

/** Owns a non-blocking CUDA stream: it does not synchronize with the default stream. */
public final class CudaStream extends NativeOwner {
  private final PrimaryContext context;
  private final CUstream_st struct;

  private CudaStream(PrimaryContext context, CUstream_st struct) {
    this.context = context;
    this.struct = struct;
  }

  /** Creates a stream in a context, which must outlive it. */
  public static CudaStream create(PrimaryContext context) throws EncoderException {
    CUstream_st struct = new CUstream_st();
    return context.call(
        () -> {
          DriverApi.check(
              Cuda.cuStreamCreate(struct, CU_STREAM_NON_BLOCKING),
              "create a CUDA stream",
              "cuStreamCreate");
          return new CudaStream(context, struct);
        });
  }

  /** Makes work that is queued from now on wait until the event has completed. */
  public void await(CudaEvent event) throws EncoderException {
    DriverApi.check(
        Cuda.cuStreamWaitEvent(struct, event.struct(), 0), "order CUDA work", "cuStreamWaitEvent");
  }

  /** The stream; valid until this is closed. */
  public CUstream_st struct() {
    return struct;
  }

  @Override
  protected void free() {
    context.free("cuStreamDestroy", () -> Cuda.cuStreamDestroy(struct));
  }
}
