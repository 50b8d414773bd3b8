package io.reelmux.cuda.internal;

import io.reelmux.Device;
import io.reelmux.DeviceEncoder;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.GpuProperties;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The GPUs that the driver reports. */
final class Gpus {

  /** Without the driver bindings GPUs are counted by opening them, up to this many. */
  private static final int MAX_GPUS = 64;

  private Gpus() {}

  static List<DeviceInfo> list() {
    List<DeviceInfo> gpus = new ArrayList<>();
    OptionalInt count = GpuProperties.count();
    for (int index = 0; index < count.orElse(MAX_GPUS); index++) {
      Optional<DeviceInfo> gpu = gpu(Device.cuda(index), count.isPresent());
      if (gpu.isEmpty()) {
        break;
      }
      gpus.add(gpu.get());
    }
    return gpus;
  }

  /** A GPU; empty if it cannot be opened and the driver bindings do not list it. */
  private static Optional<DeviceInfo> gpu(Device device, boolean known) {
    try (SessionLog log = new SessionLog(new Notes())) {
      return log.during(
          device.toString(),
          () -> {
            try (GpuProbe probe = GpuProbe.open(device)) {
              Optional<String> unavailableReason = probe.unavailableReason();
              return Optional.of(
                  info(
                      device,
                      unavailableReason,
                      unavailableReason.isPresent() ? List.of() : probe.encoders()));
            } catch (EncoderException e) {
              return known
                  ? Optional.of(info(device, Optional.of(e.errorText()), List.of()))
                  : Optional.empty();
            }
          });
    }
  }

  private static DeviceInfo info(
      Device device, Optional<String> unavailableReason, List<DeviceEncoder> encoders) {
    GpuProperties properties = GpuProperties.of(device.index());
    return new DeviceInfo(
        device,
        properties.name(),
        properties.memoryBytes(),
        properties.driver(),
        unavailableReason,
        encoders);
  }
}
