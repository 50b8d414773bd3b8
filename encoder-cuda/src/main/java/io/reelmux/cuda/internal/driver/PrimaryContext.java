package io.reelmux.cuda.internal.driver;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_CTX_SCHED_BLOCKING_SYNC;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxGetState;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxSetFlags;
import static org.bytedeco.cuda.global.cudart.cuInit;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.util.function.IntSupplier;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.Pointer;

/**
 * Owns a reference to the primary context of a board: the one that every library in the process
 * shares, so that the caller's device pointers are valid in it.
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
   * Retains the context of a board.
   *
   * @param index number of the board
   * @throws EncoderException if the driver refuses
   */
  public static PrimaryContext retain(int index) throws EncoderException {
    String operation = "use the board cuda:" + index;
    DriverApi.check(Av.fails("cuInit") ? DriverApi.FAULT : cuInit(0), operation, "cuInit");
    int[] device = new int[1];
    DriverApi.check(
        Av.fails("cuDeviceGet") ? DriverApi.FAULT : cuDeviceGet(device, index),
        operation,
        "cuDeviceGet");
    blockingSync(device[0], operation);
    CUctx_st struct = new CUctx_st();
    DriverApi.check(
        Av.fails("cuDevicePrimaryCtxRetain")
            ? DriverApi.FAULT
            : cuDevicePrimaryCtxRetain(struct, device[0]),
        operation,
        "cuDevicePrimaryCtxRetain");
    return new PrimaryContext(device[0], struct);
  }

  /**
   * FFmpeg takes a primary context only if it has this flag, so a decoder that is opened later
   * would be refused one that we have made without it.
   */
  private static void blockingSync(int device, String operation) throws EncoderException {
    int[] flags = new int[1];
    int[] active = new int[1];
    DriverApi.check(
        Av.fails("cuDevicePrimaryCtxGetState")
            ? DriverApi.FAULT
            : cuDevicePrimaryCtxGetState(device, flags, active),
        operation,
        "cuDevicePrimaryCtxGetState");
    if (active[0] == 0 && flags[0] != CU_CTX_SCHED_BLOCKING_SYNC) {
      // somebody else may be first; the context is as good with other flags
      cuDevicePrimaryCtxSetFlags(device, CU_CTX_SCHED_BLOCKING_SYNC);
    }
  }

  /** Work in the context, with a result. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws EncoderException;
  }

  /** Work in the context. */
  @FunctionalInterface
  public interface Task {
    /** Does it. */
    void run() throws EncoderException;
  }

  /** As {@link #call} for work without a result. */
  public void run(Task task) throws EncoderException {
    push();
    try {
      task.run();
    } catch (EncoderException | RuntimeException | Error e) {
      popAfter(e);
      throw e;
    }
    pop();
  }

  /**
   * Does work while the context is current on the calling thread; what was current before is so
   * again afterwards. Where that fails a result that can be closed is closed.
   *
   * @throws EncoderException if the context does not become current, or as the work throws it
   */
  public <T> T call(Work<T> work) throws EncoderException {
    push();
    T result;
    try {
      result = work.run();
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
    int code = Av.fails("cuCtxPushCurrent") ? DriverApi.FAULT : cuCtxPushCurrent(struct);
    DriverApi.check(code, "use the board's context", "cuCtxPushCurrent");
  }

  private void pop() throws EncoderException {
    // made in any case: the caller's thread must be left as it was
    int code = cuCtxPopCurrent(popped);
    DriverApi.check(
        Av.fails("cuCtxPopCurrent") ? DriverApi.FAULT : code,
        "leave the board's context",
        "cuCtxPopCurrent");
  }

  private void popAfter(Throwable failure) {
    try {
      pop();
    } catch (EncoderException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Frees something of this context, as far as the driver lets it.
   *
   * @param function the driver's function
   * @param free calls it
   */
  void free(String function, IntSupplier free) {
    if (cuCtxPushCurrent(struct) == CUDA_SUCCESS) {
      DriverApi.freed(free.getAsInt(), function);
      DriverApi.freed(cuCtxPopCurrent(popped), "cuCtxPopCurrent");
    }
  }

  /**
   * Closes something that needs this context to be current, as far as the driver lets it: where a
   * kernel was given bad memory every later call fails, and the first failure has been told.
   */
  public void release(AutoCloseable owner) {
    if (cuCtxPushCurrent(struct) == CUDA_SUCCESS) {
      try {
        owner.close();
      } catch (Exception e) {
        DriverApi.notFreed(e);
      } finally {
        DriverApi.freed(cuCtxPopCurrent(popped), "cuCtxPopCurrent");
      }
    }
  }

  /** Address of the CUcontext. */
  public long address() {
    return struct.address();
  }

  /** The context; valid until this is closed. */
  Pointer struct() {
    return struct;
  }

  @Override
  protected void free() {
    DriverApi.freed(cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }
}
