package io.reelmux.cuda.internal.nvenc;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.GpuFailures;
import io.reelmux.ffmpeg.internal.av.GpuFailures.Meaning;
import java.util.List;

/**
 * Explains failures on a GPU, with what to do about them. FFmpeg's codes are ambiguous (-1 is a
 * missing driver as well as a missing library), but its messages are not.
 */
public final class NvencFailures {

  /** The first one that matches applies. */
  private static final GpuFailures MEANINGS =
      new GpuFailures(
          List.of(
              Meaning.of(
                  "Cannot load (libnvidia-encode|nvEncodeAPI)",
                  "the NVIDIA driver's encode library (libnvidia-encode.so.1) is missing: install the"
                      + " one that matches the driver, 610 or newer; a container needs"
                      + " NVIDIA_DRIVER_CAPABILITIES=compute,video,utility"),
              Meaning.of(
                  "required nvenc API version\\. Required: (\\S+) Found: (\\S+)",
                  "the NVIDIA driver is too old: it supports NVENC API $2, and $1 is required: install"
                      + " driver 610 or newer"),
              Meaning.of(
                  "OpenEncodeSessionEx failed: (unsupported device|no encode device)",
                  "$D has no encoder (NVENC), like many data center GPUs (A100, H100, H200): use another"
                      + " GPU, or let the CPU encode (fallbackToCpu)"),
              Meaning.of(
                  "OpenEncodeSessionEx failed: (out of memory|incompatible client key)",
                  "no more encoding sessions are available on $D: the driver limits the number of"
                      + " sessions across all processes, or GPU memory is full; close other encoders"),
              Meaning.of(
                  "Codec not supported",
                  "$D does not support this codec: EncoderCatalog.devices() lists the supported ones"),
              Meaning.of(
                  "Width (\\d+) exceeds (\\d+)", "$D supports frames up to $2 pixels wide, not $1"),
              Meaning.of(
                  "Height (\\d+) exceeds (\\d+)",
                  "$D supports frames up to $2 pixels high, not $1"),
              Meaning.of(
                  "Max B-frames (\\d+) exceed (\\d+)",
                  "$D supports up to $2 consecutive B-frames with this codec, not $1: set maxBFrames"),
              Meaning.of(
                  "10 bit encode not supported",
                  "$D does not support 10 bits with this codec: use 8 bits, or HEVC or AV1"),
              Meaning.of(
                  "^(?:\\[[^\\]]*\\] )?(.*?) (?:is |are )?not supported(?: by the device)?\\s*$",
                  "$D does not support this: $1"),
              Meaning.of(
                  "InitializeEncoder failed: .*?\\(\\d+\\): (.*)",
                  "NVENC rejects the settings or the size ($1): EncoderCatalog.devices() lists what the"
                      + " GPU supports"),
              Meaning.of(
                  "(?:EncodePicture failed!|Create\\w+ failed|locking bitstream buffer): out of memory"
                      + "|CUDA_ERROR_OUT_OF_MEMORY",
                  "$D is out of memory: free some, or encode fewer or smaller streams"),
              Meaning.of(
                  "Error registering an input resource|Could not register an input HW frame",
                  "NVENC does not accept the surface: it must be memory of $D, in the stream's own"
                      + " context, and not freed"),
              Meaning.of(
                  "Error mapping an input resource",
                  "NVENC cannot read the surface: it belongs to another context or was freed"),
              Meaning.of(
                  "Failed locking bitstream buffer: (.*)",
                  "NVENC did not return an encoded frame ($1): the GPU may have failed; check nvidia-smi"
                      + " and the system log"),
              Meaning.of("EncodePicture failed!: (.*)", "NVENC failed to encode a frame ($1)")));

  private NvencFailures() {}

  /**
   * Returns the same failure with its reason and what to do about it.
   *
   * @param lines FFmpeg's messages for this stream since its last successful operation
   */
  public static EncoderException explain(
      Device device, EncoderException failure, List<String> lines) {
    return MEANINGS
        .explain(device, failure.errorText(), lines)
        .map(
            text ->
                new EncoderException(
                    failure.operation(),
                    failure.stream().orElse(null),
                    failure.errorCode(),
                    text,
                    failure.logLines(),
                    failure))
        .orElse(failure);
  }
}
