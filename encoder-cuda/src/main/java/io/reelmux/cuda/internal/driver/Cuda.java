package io.reelmux.cuda.internal.driver;

import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the CUDA driver that this module uses; no other class calls the bindings. Each
 * returns the driver's code, which {@link DriverApi#check} checks. {@link DriverApi#load} must have
 * succeeded.
 */
public final class Cuda {
  private Cuda() {}

  public static int cuInit(int flags) {
    return cudart.cuInit(flags);
  }

  public static int cuDriverGetVersion(int[] version) {
    return cudart.cuDriverGetVersion(version);
  }

  public static int cuGetErrorName(int error, PointerPointer<BytePointer> name) {
    return cudart.cuGetErrorName(error, name);
  }

  public static int cuDeviceGetCount(int[] count) {
    return cudart.cuDeviceGetCount(count);
  }

  public static int cuDeviceGet(int[] device, int ordinal) {
    return cudart.cuDeviceGet(device, ordinal);
  }

  public static int cuDeviceGetName(byte[] name, int size, int device) {
    return cudart.cuDeviceGetName(name, size, device);
  }

  public static int cuDeviceTotalMem(SizeTPointer bytes, int device) {
    return cudart.cuDeviceTotalMem(bytes, device);
  }

  public static int cuDevicePrimaryCtxGetState(int device, int[] flags, int[] active) {
    return cudart.cuDevicePrimaryCtxGetState(device, flags, active);
  }

  public static int cuDevicePrimaryCtxSetFlags(int device, int flags) {
    return cudart.cuDevicePrimaryCtxSetFlags(device, flags);
  }

  public static int cuDevicePrimaryCtxRetain(CUctx_st context, int device) {
    return cudart.cuDevicePrimaryCtxRetain(context, device);
  }

  public static int cuDevicePrimaryCtxRelease(int device) {
    return cudart.cuDevicePrimaryCtxRelease(device);
  }

  public static int cuCtxPushCurrent(CUctx_st context) {
    return cudart.cuCtxPushCurrent(context);
  }

  public static int cuCtxPopCurrent(CUctx_st context) {
    return cudart.cuCtxPopCurrent(context);
  }

  public static int cuStreamCreate(CUstream_st stream, int flags) {
    return cudart.cuStreamCreate(stream, flags);
  }

  public static int cuStreamWaitEvent(CUstream_st stream, CUevent_st event, int flags) {
    return cudart.cuStreamWaitEvent(stream, event, flags);
  }

  public static int cuStreamDestroy(CUstream_st stream) {
    return cudart.cuStreamDestroy(stream);
  }

  public static int cuEventCreate(CUevent_st event, int flags) {
    return cudart.cuEventCreate(event, flags);
  }

  public static int cuEventRecord(CUevent_st event, CUstream_st stream) {
    return cudart.cuEventRecord(event, stream);
  }

  public static int cuEventSynchronize(CUevent_st event) {
    return cudart.cuEventSynchronize(event);
  }

  public static int cuEventDestroy(CUevent_st event) {
    return cudart.cuEventDestroy(event);
  }

  public static int cuModuleLoadData(CUmod_st module, BytePointer image) {
    return cudart.cuModuleLoadData(module, image);
  }

  public static int cuModuleGetFunction(CUfunc_st function, CUmod_st module, String name) {
    return cudart.cuModuleGetFunction(function, module, name);
  }

  public static int cuModuleUnload(CUmod_st module) {
    return cudart.cuModuleUnload(module);
  }

  public static int cuLaunchKernel(
      CUfunc_st function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedMemBytes,
      @Nullable CUstream_st stream,
      PointerPointer<BytePointer> parameters) {
    return cudart.cuLaunchKernel(
        function,
        gridX,
        gridY,
        gridZ,
        blockX,
        blockY,
        blockZ,
        sharedMemBytes,
        stream,
        parameters,
        (PointerPointer<?>) null);
  }
}
