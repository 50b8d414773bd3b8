package io.reelmux.cli;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this machine can encode and decode.
 *
 * @param natives the class path entries with FFmpeg's native libraries for this platform
 * @param failure why they cannot be used, and what to do; the rest is empty then
 * @param backend name, version and license of FFmpeg
 * @param directory where it was loaded from
 * @param libraries the versions of its libraries
 * @param videoEncoders encoders on the CPU by codec
 * @param audioEncoders encoders by codec
 * @param videoDecoders codecs that can be decoded
 * @param audioDecoders codecs that can be decoded
 * @param containers the containers that can be written
 * @param gpus the GPUs that the driver reports
 * @param gpuReason why the first GPU cannot be used, and what to do; empty if it can
 */
record Diagnosis(
    List<String> natives,
    Optional<String> failure,
    String backend,
    Optional<String> directory,
    Map<String, String> libraries,
    Map<String, List<String>> videoEncoders,
    Map<String, List<String>> audioEncoders,
    List<String> videoDecoders,
    List<String> audioDecoders,
    List<String> containers,
    List<DeviceInfo> gpus,
    Optional<String> gpuReason) {

  /** Examines the machine. */
  static Diagnosis make() throws IOException {
    List<String> natives = FfmpegBuild.found();
    EncoderCatalog catalog;
    try {
      catalog = EncoderCatalog.load();
    } catch (IOException e) {
      return new Diagnosis(
          natives,
          Optional.of(Messages.of(e)),
          "",
          Optional.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());
    }
    return new Diagnosis(
        natives,
        Optional.empty(),
        catalog.backend(),
        FfmpegBuild.directory(),
        FfmpegBuild.versions(),
        byCodec(catalog.encoders(StreamKind.VIDEO)),
        byCodec(catalog.encoders(StreamKind.AUDIO)),
        FfmpegBuild.decodedCodecs(StreamKind.VIDEO),
        FfmpegBuild.decodedCodecs(StreamKind.AUDIO),
        catalog.containers(),
        catalog.devices(),
        catalog.unavailableReason(Device.cuda()));
  }

  private static Map<String, List<String>> byCodec(Collection<EncoderInfo> encoders) {
    Map<String, List<String>> names = new TreeMap<>();
    for (EncoderInfo encoder : encoders) {
      if (!FfmpegBuild.needsHardware(encoder.name())) {
        names.computeIfAbsent(encoder.codec(), codec -> new ArrayList<>()).add(encoder.name());
      }
    }
    return names;
  }
}
