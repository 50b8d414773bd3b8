package io.reelmux;

import java.util.Objects;

/**
 * Where pictures lie on a GPU: by a pointer, or inside a frame of FFmpeg's.
 *
 * @param device the GPU
 * @param pointer address of the first picture; 0 for a frame of FFmpeg's
 * @param pitch bytes from row to row; 0 for tightly packed rows
 * @param stream CUstream whose work comes first; 0 for the legacy default stream
 * @param avFrame address of the AVFrame; 0 for memory by a pointer
 */
record DeviceMemory(Device device, long pointer, long pitch, long stream, long avFrame) {

  static DeviceMemory packed(Device device, PixelLayout layout, long pointer) {
    requireGpu("onDevice", device);
    if (pointer == 0) {
      throw new IllegalArgumentException("devicePointer is 0");
    }
    requireMultiple("devicePointer", pointer, layout);
    return new DeviceMemory(device, pointer, 0, 0, 0);
  }

  static DeviceMemory avFrame(Device device, PixelLayout layout, long avFrame) {
    requireGpu("ofAvFrame", device);
    if (avFrame == 0) {
      throw new IllegalArgumentException("avFrame is 0");
    }
    if (layout != PixelLayout.NV12 && layout != PixelLayout.P010) {
      throw new IllegalArgumentException(
          "a frame of FFmpeg's must be NV12 or P010, not " + layout + ": scale_cuda converts it");
    }
    return new DeviceMemory(device, 0, 0, 0, avFrame);
  }

  DeviceMemory withPitch(PixelLayout layout, int width, int height, long bytes) {
    long longest = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      longest = Math.max(longest, layout.rowBytes(plane, width));
    }
    if (bytes < longest || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "pitch %d: rows of %s %dx%d take %d bytes, and a pitch is at most %d"
              .formatted(bytes, layout, width, height, longest, Integer.MAX_VALUE));
    }
    requireMultiple("pitch", bytes, layout);
    return new DeviceMemory(device, pointer, bytes, stream, avFrame);
  }

  DeviceMemory withStream(long cuStream) {
    return new DeviceMemory(device, pointer, pitch, cuStream, avFrame);
  }

  private static void requireGpu(String call, Device device) {
    Objects.requireNonNull(device, "device");
    if (!device.isCuda()) {
      throw new IllegalArgumentException(call + " takes memory of a GPU, not of " + device);
    }
  }

  private static void requireMultiple(String what, long value, PixelLayout layout) {
    if (value % layout.bytesPerComponent() != 0) {
      throw new IllegalArgumentException(
          "%s %d: components of %s have %d bytes, and it must be a multiple of that"
              .formatted(what, value, layout, layout.bytesPerComponent()));
    }
  }
}
