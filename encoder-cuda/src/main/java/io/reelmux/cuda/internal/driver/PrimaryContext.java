package io.reelmux.cuda.internal.driver;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_CTX_SCHED_BLOCKING_SYNC;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import java.util.function.IntSupplier;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.Pointer;

/**
 * Owns a reference to the primary context of a GPU. All libraries in the process share that
 * context, so the caller's device pointers are valid in it.
 */
public final class PrimaryContext extends NativeOwner {
  private final int device;
  private final CUctx_st struct;
  private final CUctx_st popped = new CUctx_st();

  private PrimaryContext(int device, CUctx_st struct) {
    this.device = device;
    this.struct = struct;
  }

  /**
   * Retains the primary context of a GPU.
   *
   * @param index index of the GPU
   * @throws EncoderException if the driver refuses
   */
  public static PrimaryContext retain(int index) throws EncoderException {
    String operation = "use the GPU cuda:" + index;
    DriverApi.check(Cuda.cuInit(0), operation, "cuInit");
    int[] device = new int[1];
    DriverApi.check(Cuda.cuDeviceGet(device, index), operation, "cuDeviceGet");
    blockingSync(device[0], operation);
    CUctx_st struct = new CUctx_st();
    DriverApi.check(
        Cuda.cuDevicePrimaryCtxRetain(struct, device[0]), operation, "cuDevicePrimaryCtxRetain");
    return new PrimaryContext(device[0], struct);
  }

  /**
   * Sets the flag that FFmpeg requires of a primary context: if we created the context without it,
   * FFmpeg decoders opened later could not use it.
   */
  private static void blockingSync(int device, String operation) throws EncoderException {
    int[] flags = new int[1];
    int[] active = new int[1];
    DriverApi.check(
        Cuda.cuDevicePrimaryCtxGetState(device, flags, active),
        operation,
        "cuDevicePrimaryCtxGetState");
    if (active[0] == 0 && flags[0] != CU_CTX_SCHED_BLOCKING_SYNC) {
      // another library may be first; the context works with other flags too
      Cuda.cuDevicePrimaryCtxSetFlags(device, CU_CTX_SCHED_BLOCKING_SYNC);
    }
  }

  /** Like {@link #call}, for work without a result. */
  public void run(ThrowingRunnable<EncoderException> work) throws EncoderException {
    push();
    try {
      work.run();
    } catch (EncoderException | RuntimeException | Error e) {
      popAfter(e);
      throw e;
    }
    pop();
  }

  /**
   * Runs work with the context current on the calling thread, and restores the previous context
   * afterwards. If restoring fails, closes the result if it can be closed.
   *
   * @throws EncoderException if the context cannot be made current or restored, or the work throws
   *     it
   */
  public <T> T call(ThrowingSupplier<T, EncoderException> work) throws EncoderException {
    push();
    T result;
    try {
      result = work.get();
    } catch (EncoderException | RuntimeException | Error e) {
      popAfter(e);
      throw e;
    }
    try {
      pop();
    } catch (EncoderException e) {
      if (result instanceof AutoCloseable unused) {
        release(unused);
      }
      throw e;
    }
    return result;
  }

  private void push() throws EncoderException {
    DriverApi.check(Cuda.cuCtxPushCurrent(struct), "use the GPU's context", "cuCtxPushCurrent");
  }

  private void pop() throws EncoderException {
    DriverApi.check(Cuda.cuCtxPopCurrent(popped), "leave the GPU's context", "cuCtxPopCurrent");
  }

  private void popAfter(Throwable failure) {
    try {
      pop();
    } catch (EncoderException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Frees an object of this context, as far as the driver allows it.
   *
   * @param function name of the driver function
   * @param free calls that function
   */
  void free(String function, IntSupplier free) {
    if (Cuda.cuCtxPushCurrent(struct) == CUDA_SUCCESS) {
      DriverApi.freed(free.getAsInt(), function);
      DriverApi.freed(Cuda.cuCtxPopCurrent(popped), "cuCtxPopCurrent");
    }
  }

  /**
   * Closes an object that needs this context to be current, as far as the driver allows it: after a
   * kernel accessed invalid memory every later call fails, and the first failure was reported.
   */
  public void release(AutoCloseable owner) {
    if (Cuda.cuCtxPushCurrent(struct) == CUDA_SUCCESS) {
      try {
        owner.close();
      } catch (Exception e) {
        DriverApi.notFreed(e);
      } finally {
        DriverApi.freed(Cuda.cuCtxPopCurrent(popped), "cuCtxPopCurrent");
      }
    }
  }

  /** Address of the CUcontext. */
  public long address() {
    return struct.address();
  }

  /** The context; valid until this is closed. */
  public Pointer struct() {
    return struct;
  }

  @Override
  protected void free() {
    DriverApi.freed(Cuda.cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }
}
