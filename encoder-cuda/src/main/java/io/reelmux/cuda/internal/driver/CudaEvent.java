package io.reelmux.cuda.internal.driver;

import static org.bytedeco.cuda.global.cudart.CU_EVENT_BLOCKING_SYNC;
import static org.bytedeco.cuda.global.cudart.CU_EVENT_DISABLE_TIMING;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;

/** Owns a CUDA event: a point in a stream that others can wait for. */
public final class CudaEvent extends NativeOwner {
  private final PrimaryContext context;
  private final CUevent_st struct;
  private final ForeignStream foreign = new ForeignStream();

  private CudaEvent(PrimaryContext context, CUevent_st struct) {
    this.context = context;
    this.struct = struct;
  }

  /** Creates an event in a context, which must outlive it. */
  public static CudaEvent create(PrimaryContext context) throws EncoderException {
    CUevent_st struct = new CUevent_st();
    return context.call(
        () -> {
          DriverApi.check(
              Cuda.cuEventCreate(struct, CU_EVENT_DISABLE_TIMING | CU_EVENT_BLOCKING_SYNC),
              "create a CUDA event",
              "cuEventCreate");
          return new CudaEvent(context, struct);
        });
  }

  /** Records the event: it completes when all work now queued on the stream is done. */
  public void record(CudaStream stream) throws EncoderException {
    record(stream.struct());
  }

  /**
   * Records the event on a stream that somebody else owns.
   *
   * @param stream the CUstream; 0 for the default stream
   */
  public void record(long stream) throws EncoderException {
    foreign.at(stream);
    record(foreign);
  }

  private void record(CUstream_st stream) throws EncoderException {
    DriverApi.check(Cuda.cuEventRecord(struct, stream), "wait for a CUDA stream", "cuEventRecord");
  }

  /** Blocks until the event has completed. */
  public void await() throws EncoderException {
    DriverApi.check(Cuda.cuEventSynchronize(struct), "wait for CUDA work", "cuEventSynchronize");
  }

  CUevent_st struct() {
    return struct;
  }

  @Override
  protected void free() {
    context.free("cuEventDestroy", () -> Cuda.cuEventDestroy(struct));
  }

  /** A stream at an address; owns no memory. */
  private static final class ForeignStream extends CUstream_st {
    void at(long stream) {
      address = stream;
    }
  }
}
