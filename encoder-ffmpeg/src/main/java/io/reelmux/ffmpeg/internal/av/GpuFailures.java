package io.reelmux.ffmpeg.internal.av;

import io.reelmux.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What failures on a GPU mean, and what to do about them. FFmpeg's codes are ambiguous (-1 is a
 * missing driver as well as a missing library), but its messages are not. Encoding and decoding add
 * what only they know.
 */
public final class GpuFailures {

  /**
   * A message, and its explanation.
   *
   * @param message found in a line of FFmpeg's log
   * @param text {@code $1} is a group of the message, {@code $D} the device
   */
  public record Meaning(Pattern message, String text) {

    /** Compiles the message. */
    public static Meaning of(String message, String text) {
      return new Meaning(Pattern.compile(message), text);
    }

    private Optional<String> in(String line, Device device) {
      Matcher matcher = message.matcher(line);
      if (!matcher.find()) {
        return Optional.empty();
      }
      String found = text.replace("$D", device.toString());
      for (int group = 1; group <= matcher.groupCount(); group++) {
        String value = matcher.group(group);
        found = found.replace("$" + group, value == null ? "" : value.strip());
      }
      return Optional.of(found);
    }
  }

  /** The driver does not work at all. */
  private static final List<Meaning> DRIVER =
      List.of(
          Meaning.of(
              "Cannot load (libcuda\\.so|nvcuda)|there is no NVIDIA driver",
              "there is no NVIDIA driver (libcuda cannot be loaded): install driver 610 or newer;"
                  + " a container needs the NVIDIA container toolkit and --gpus"),
          Meaning.of(
              "CUDA_ERROR_NO_DEVICE|No CUDA capable devices found",
              "the NVIDIA driver finds no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES"),
          Meaning.of(
              "CUDA_ERROR_INVALID_DEVICE",
              "there is no GPU $D: EncoderCatalog.devices() lists the available ones"),
          Meaning.of(
              "CUDA_ERROR_(SYSTEM_DRIVER_MISMATCH|COMPAT_NOT_SUPPORTED_ON_DEVICE"
                  + "|SYSTEM_NOT_READY|INSUFFICIENT_DRIVER|NOT_INITIALIZED)",
              "the NVIDIA driver does not work (CUDA_ERROR_$1): the versions of its kernel module"
                  + " and its libraries may differ; check nvidia-smi"));

  /** What is left if nothing else is known. */
  private static final List<Meaning> OTHER =
      List.of(
          Meaning.of("(CUDA_ERROR_\\w+)", "the CUDA driver reports $1"),
          Meaning.of("Cannot load (\\S+)", "the NVIDIA driver is incomplete: $1 cannot be loaded"));

  private final List<Meaning> meanings = new ArrayList<>();

  /**
   * Knows the driver, and more.
   *
   * @param more what is known beside the driver; the first one that matches applies
   */
  public GpuFailures(List<Meaning> more) {
    meanings.addAll(DRIVER);
    meanings.addAll(more);
    meanings.addAll(OTHER);
  }

  /**
   * Explains a failure.
   *
   * @param text what FFmpeg's code means
   * @param lines FFmpeg's messages for the stream since its last successful operation
   * @return a reason with what to do about it; empty if there is none
   */
  public Optional<String> explain(Device device, String text, List<String> lines) {
    for (Meaning meaning : meanings) {
      Optional<String> found =
          lines.stream()
              .map(line -> meaning.in(line, device))
              .flatMap(Optional::stream)
              .findFirst()
              .or(() -> meaning.in(text, device));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
