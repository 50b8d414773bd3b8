package io.reelmux.cuda.internal;

import io.reelmux.Device;
import io.reelmux.DeviceEncoder;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.GpuProperties;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boards that the driver knows. */
final class Gpus {

  /** Without the bindings of the driver boards are counted by opening them. */
  private static final int MOST = 64;

  private Gpus() {}

  static List<DeviceInfo> list() {
    List<DeviceInfo> boards = new ArrayList<>();
    int count = GpuProperties.count().orElse(MOST);
    for (int index = 0; index < count; index++) {
      Optional<DeviceInfo> board = board(Device.cuda(index), GpuProperties.count().isPresent());
      if (board.isEmpty()) {
        break;
      }
      boards.add(board.get());
    }
    return boards;
  }

  /** A board; empty if there is none, as far as one can see. */
  private static Optional<DeviceInfo> board(Device device, boolean known) {
    try (SessionLog log = new SessionLog()) {
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
    GpuProperties facts = GpuProperties.of(device.index());
    return new DeviceInfo(
        device, facts.name(), facts.memoryBytes(), facts.driver(), unavailableReason, encoders);
  }
}
