package io.reelmux.reader.ffmpeg.internal.decode;

import io.reelmux.Device;
import io.reelmux.ffmpeg.internal.av.GpuFailures;
import io.reelmux.ffmpeg.internal.av.GpuFailures.Meaning;
import io.reelmux.reader.ffmpeg.internal.av.DeviceFailure;
import java.util.List;

/** Explains failures of decoding on a GPU, with what to do about them. */
final class NvdecFailures {

  /** The first one that matches applies. */
  private static final GpuFailures MEANINGS =
      new GpuFailures(
          List.of(
              Meaning.of(
                  "Cannot load (libnvcuvid|nvcuvid)",
                  "the NVIDIA driver's decode library (libnvcuvid.so.1) is missing: install the"
                      + " one that matches the driver, 610 or newer; a container needs"
                      + " NVIDIA_DRIVER_CAPABILITIES=compute,video,utility"),
              Meaning.of(
                  "Hardware is lacking required capabilities|Requested output format not supported",
                  "$D does not decode this codec with this profile, chroma format and bit depth"),
              Meaning.of(
                  "Video (width|height) (\\d+) not within range from (\\d+) to (\\d+)",
                  "$D decodes this codec with a $1 of $3 to $4 pixels, not $2"),
              Meaning.of(
                  "Video macroblock count (\\d+) exceeds maximum of (\\d+)",
                  "$D decodes frames of up to $2 blocks of 16x16 pixels, not $1"),
              Meaning.of(
                  "CUDA_ERROR_OUT_OF_MEMORY|No decoder surfaces left",
                  "$D is out of memory: free some, close frames, or decode fewer or smaller"
                      + " streams"),
              Meaning.of(
                  "cuvidDecodePicture.* failed -> (CUDA_ERROR_\\w+)",
                  "$D failed to decode a frame ($1): the file may be damaged, or the GPU may have"
                      + " failed"),
              Meaning.of(
                  "Unsupported (?:codec|chroma|bit ?depth).*|Codec .* is not supported.*",
                  "$D does not decode this codec with this profile, chroma format and bit depth")));

  private NvdecFailures() {}

  /** Returns why a device cannot decode. */
  static String reason(Device device, DeviceFailure failure) {
    return MEANINGS
        .explain(device, failure.failure().errorText(), failure.lines())
        .orElseGet(
            () ->
                failure.lines().isEmpty()
                    ? device + " does not decode this stream"
                    : failure.lines().get(0));
  }
}
