package io.reelmux.cuda.internal.nvenc;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains failures on a GPU, with what to do about them. FFmpeg's codes are ambiguous (-1 is a
 * missing driver as well as a missing library), but its messages are not.
 */
public final class NvencFailures {

  /**
   * A message, and its explanation; {@code $1} is a group of the message, {@code $D} the device.
   */
  private record Meaning(Pattern message, String text) {}

  /** The first one that matches applies. */
  private static final List<Meaning> MEANINGS =
      List.of(
          meaning(
              "Cannot load (libcuda\\.so|nvcuda)|there is no NVIDIA driver",
              "there is no NVIDIA driver (libcuda cannot be loaded): install driver 610 or newer;"
                  + " a container needs the NVIDIA container toolkit and --gpus"),
          meaning(
              "Cannot load (libnvidia-encode|nvEncodeAPI)",
              "the NVIDIA driver's encode library (libnvidia-encode.so.1) is missing: install the"
                  + " one that matches the driver, 610 or newer; a container needs"
                  + " NVIDIA_DRIVER_CAPABILITIES=compute,video,utility"),
          meaning(
              "required nvenc API version\\. Required: (\\S+) Found: (\\S+)",
              "the NVIDIA driver is too old: it supports NVENC API $2, and $1 is required: install"
                  + " driver 610 or newer"),
          meaning(
              "CUDA_ERROR_NO_DEVICE|No CUDA capable devices found",
              "the NVIDIA driver finds no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES"),
          meaning(
              "CUDA_ERROR_INVALID_DEVICE",
              "there is no GPU $D: EncoderCatalog.devices() lists the available ones"),
          meaning(
              "CUDA_ERROR_(SYSTEM_DRIVER_MISMATCH|COMPAT_NOT_SUPPORTED_ON_DEVICE"
                  + "|SYSTEM_NOT_READY|INSUFFICIENT_DRIVER|NOT_INITIALIZED)",
              "the NVIDIA driver does not work (CUDA_ERROR_$1): the versions of its kernel module"
                  + " and its libraries may differ; check nvidia-smi"),
          meaning(
              "OpenEncodeSessionEx failed: (unsupported device|no encode device)",
              "$D has no encoder (NVENC), like many data center GPUs (A100, H100, H200): use another"
                  + " GPU, or let the CPU encode (fallbackToCpu)"),
          meaning(
              "OpenEncodeSessionEx failed: (out of memory|incompatible client key)",
              "no more encoding sessions are available on $D: the driver limits the number of"
                  + " sessions across all processes, or GPU memory is full; close other encoders"),
          meaning(
              "Codec not supported",
              "$D does not support this codec: EncoderCatalog.devices() lists the supported ones"),
          meaning("Width (\\d+) exceeds (\\d+)", "$D supports frames up to $2 pixels wide, not $1"),
          meaning(
              "Height (\\d+) exceeds (\\d+)", "$D supports frames up to $2 pixels high, not $1"),
          meaning(
              "Max B-frames (\\d+) exceed (\\d+)",
              "$D supports up to $2 consecutive B-frames with this codec, not $1: set maxBFrames"),
          meaning(
              "10 bit encode not supported",
              "$D does not support 10 bits with this codec: use 8 bits, or HEVC or AV1"),
          meaning(
              "^(?:\\[[^\\]]*\\] )?(.*?) (?:is |are )?not supported(?: by the device)?\\s*$",
              "$D does not support this: $1"),
          meaning(
              "InitializeEncoder failed: .*?\\(\\d+\\): (.*)",
              "NVENC rejects the settings or the size ($1): EncoderCatalog.devices() lists what the"
                  + " GPU supports"),
          meaning(
              "(?:EncodePicture failed!|Create\\w+ failed|locking bitstream buffer): out of memory"
                  + "|CUDA_ERROR_OUT_OF_MEMORY",
              "$D is out of memory: free some, or encode fewer or smaller streams"),
          meaning(
              "Error registering an input resource|Could not register an input HW frame",
              "NVENC does not accept the surface: it must be memory of $D, in the stream's own"
                  + " context, and not freed"),
          meaning(
              "Error mapping an input resource",
              "NVENC cannot read the surface: it belongs to another context or was freed"),
          meaning(
              "Failed locking bitstream buffer: (.*)",
              "NVENC did not return an encoded frame ($1): the GPU may have failed; check nvidia-smi"
                  + " and the system log"),
          meaning("EncodePicture failed!: (.*)", "NVENC failed to encode a frame ($1)"),
          meaning("(CUDA_ERROR_\\w+)", "the CUDA driver reports $1"),
          meaning("Cannot load (\\S+)", "the NVIDIA driver is incomplete: $1 cannot be loaded"));

  private NvencFailures() {}

  /**
   * Returns the same failure with its reason and what to do about it.
   *
   * @param lines FFmpeg's messages for this stream since its last successful operation
   */
  public static EncoderException explain(
      Device device, EncoderException failure, List<String> lines) {
    return meaning(device, failure, lines)
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

  private static Optional<String> meaning(
      Device device, EncoderException failure, List<String> lines) {
    for (Meaning meaning : MEANINGS) {
      Optional<String> found =
          lines.stream()
              .map(line -> text(meaning, line, device))
              .flatMap(Optional::stream)
              .findFirst()
              .or(() -> text(meaning, failure.errorText(), device));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Meaning meaning, String line, Device device) {
    Matcher matcher = meaning.message.matcher(line);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String text = meaning.text.replace("$D", device.toString());
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String value = matcher.group(group);
      text = text.replace("$" + group, value == null ? "" : value.strip());
    }
    return Optional.of(text);
  }

  private static Meaning meaning(String message, String text) {
    return new Meaning(Pattern.compile(message), text);
  }
}
