package io.reelmux.cuda.internal;

import io.reelmux.Device;
import io.reelmux.DeviceEncoder;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.BoardFacts;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boards that the driver knows. */
final class Boards {

  /** Without the bindings of the driver boards are counted by opening them. */
  private static final int MOST = 64;

  private Boards() {}

  static List<DeviceInfo> list() {
    List<DeviceInfo> boards = new ArrayList<>();
    int count = BoardFacts.count().orElse(MOST);
    for (int index = 0; index < count; index++) {
      Optional<DeviceInfo> board = board(Device.cuda(index), BoardFacts.count().isPresent());
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
            try (BoardProbe probe = BoardProbe.open(device)) {
              Optional<String> whyNot = probe.whyNot();
              return Optional.of(
                  info(device, whyNot, whyNot.isPresent() ? List.of() : probe.encoders()));
            } catch (EncoderException e) {
              return known
                  ? Optional.of(info(device, Optional.of(e.errorText()), List.of()))
                  : Optional.empty();
            }
          });
    }
  }

  private static DeviceInfo info(
      Device device, Optional<String> whyNot, List<DeviceEncoder> encoders) {
    BoardFacts facts = BoardFacts.of(device.index());
    return new DeviceInfo(
        device, facts.name(), facts.memoryBytes(), facts.driver(), whyNot, encoders);
  }
}
