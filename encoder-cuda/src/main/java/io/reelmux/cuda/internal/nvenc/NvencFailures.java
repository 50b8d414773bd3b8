package io.reelmux.cuda.internal.nvenc;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went wrong on a board, in words that say what to do. FFmpeg's codes tell little (-1 is a
 * missing driver and a missing library alike), its messages tell these apart.
 */
public final class NvencFailures {

  /** A message, and what it means; {@code $1} is a group of the message, {@code $D} the device. */
  private record Meaning(Pattern message, String text) {}

  /** The first that is found counts. */
  private static final List<Meaning> MEANINGS =
      List.of(
          meaning(
              "Cannot load (libcuda\\.so|nvcuda)|there is no NVIDIA driver",
              "there is no NVIDIA driver (libcuda cannot be loaded): install driver 570 or newer;"
                  + " a container needs the NVIDIA container toolkit and --gpus"),
          meaning(
              "Cannot load (libnvidia-encode|nvEncodeAPI)",
              "the NVIDIA driver's encode library (libnvidia-encode.so.1) is missing: install it in"
                  + " the driver's version, 570 or newer; a container needs"
                  + " NVIDIA_DRIVER_CAPABILITIES=compute,video,utility"),
          meaning(
              "required nvenc API version\\. Required: (\\S+) Found: (\\S+)",
              "the NVIDIA driver is too old: it has version $2 of the encode interface, and $1 is"
                  + " needed: install driver 570 or newer"),
          meaning(
              "CUDA_ERROR_NO_DEVICE|No CUDA capable devices found",
              "the NVIDIA driver sees no board: see what nvidia-smi says, and CUDA_VISIBLE_DEVICES"),
          meaning(
              "CUDA_ERROR_INVALID_DEVICE",
              "there is no board $D: EncoderCatalog.devices() lists those that there are"),
          meaning(
              "CUDA_ERROR_(SYSTEM_DRIVER_MISMATCH|COMPAT_NOT_SUPPORTED_ON_DEVICE"
                  + "|SYSTEM_NOT_READY|INSUFFICIENT_DRIVER|NOT_INITIALIZED)",
              "the NVIDIA driver does not work (CUDA_ERROR_$1): its kernel module and its libraries"
                  + " may be of two versions; see what nvidia-smi says"),
          meaning(
              "OpenEncodeSessionEx failed: (unsupported device|no encode device)",
              "the board $D has no encoder (NVENC), as boards for data centres (A100, H100, H200)"
                  + " have none: use another board, or let the CPU encode (fallbackToCpu)"),
          meaning(
              "OpenEncodeSessionEx failed: (out of memory|incompatible client key)",
              "the board $D opens no further encoding session: its driver allows only so many at"
                  + " once, over all processes, or its memory is full; close other encoders"),
          meaning(
              "Codec not supported",
              "the board $D does not encode this codec: EncoderCatalog.devices() lists what it"
                  + " does"),
          meaning(
              "Width (\\d+) exceeds (\\d+)", "the board $D encodes pictures up to $2 wide, not $1"),
          meaning(
              "Height (\\d+) exceeds (\\d+)",
              "the board $D encodes pictures up to $2 high, not $1"),
          meaning(
              "Max B-frames (\\d+) exceed (\\d+)",
              "the board $D makes up to $2 B-frames in a row of this codec, not $1: set maxBFrames"),
          meaning(
              "10 bit encode not supported",
              "the board $D does not encode 10 bits in this codec: use 8 bits, or HEVC or AV1"),
          meaning(
              "^(?:\\[[^\\]]*\\] )?(.*?) (?:is |are )?not supported(?: by the device)?\\s*$",
              "the board $D does not support this: $1"),
          meaning(
              "InitializeEncoder failed: .*?\\(\\d+\\): (.*)",
              "NVENC refuses the settings or the size ($1): EncoderCatalog.devices() lists what the"
                  + " board encodes"),
          meaning(
              "(?:EncodePicture failed!|Create\\w+ failed|locking bitstream buffer): out of memory"
                  + "|CUDA_ERROR_OUT_OF_MEMORY",
              "the memory of the board $D is full: free some, or encode fewer or smaller streams"),
          meaning(
              "Error registering an input resource|Could not register an input HW frame",
              "NVENC does not take the surface: it must be memory of the board $D, in the stream's"
                  + " own context, and not freed"),
          meaning(
              "Error mapping an input resource",
              "NVENC cannot read the surface, which belongs to another context or was freed"),
          meaning(
              "Failed locking bitstream buffer: (.*)",
              "NVENC did not hand out an encoded picture ($1): the board may have failed; see"
                  + " nvidia-smi and the system's log"),
          meaning("EncodePicture failed!: (.*)", "NVENC failed to encode a picture ($1)"),
          meaning("(CUDA_ERROR_\\w+)", "the CUDA driver says $1"),
          meaning("Cannot load (\\S+)", "the NVIDIA driver is not whole: $1 cannot be loaded"));

  private NvencFailures() {}

  /**
   * The same failure with the reason and what to do.
   *
   * @param lines FFmpeg's messages for this stream since it was well
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
