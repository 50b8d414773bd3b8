package io.reelmux.ffmpeg.internal;

import io.reelmux.Device;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.codec.Nvenc;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream that its device cannot encode, for the CPU.
 *
 * @param device which could not
 * @param options without what only the device's encoders have
 * @param leftOut the settings that these are
 */
record CpuFallback(Device device, VideoOptions options, List<String> leftOut) {

  CpuFallback {
    leftOut = List.copyOf(leftOut);
  }

  static CpuFallback of(VideoOptions wanted) {
    VideoOptions.Builder cpu =
        wanted.toBuilder().device(Device.cpu()).unsetPreset().unsetProfile().clearOptions();
    wanted.codec().map(Nvenc::codecOf).ifPresent(cpu::codec);
    if (wanted.qp().isPresent()) {
      // on the scale of the device's encoder
      cpu.unsetQp().unsetRateControl();
    }
    return new CpuFallback(wanted.device(), cpu.build(), leftOut(wanted));
  }

  private static List<String> leftOut(VideoOptions wanted) {
    List<String> names = new ArrayList<>();
    wanted.preset().ifPresent(preset -> names.add("preset " + preset));
    wanted.qp().ifPresent(qp -> names.add("qp " + qp));
    wanted.profile().ifPresent(profile -> names.add("profile " + profile));
    wanted.options().forEach((name, value) -> names.add("option " + name + "=" + value));
    return names;
  }

  /** What the result says. */
  String note(String encoder, String reason) {
    return "encoded on the CPU by %s%s, because %s cannot: %s"
        .formatted(
            encoder,
            leftOut.isEmpty() ? "" : " without " + String.join(", ", leftOut),
            device,
            reason);
  }
}
