package io.reelmux;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GPU, and what it can encode.
 *
 * @param device its number
 * @param name what its maker calls it
 * @param memoryBytes size of its memory; empty where the driver's library for that is missing
 * @param driver version of the driver
 * @param unavailableReason why it cannot encode, and what to do; empty if it can
 * @param encoders what it can encode; none if it cannot
 */
public record DeviceInfo(
    Device device,
    String name,
    OptionalLong memoryBytes,
    String driver,
    Optional<String> unavailableReason,
    List<DeviceEncoder> encoders) {

  /** Copies the list. */
  public DeviceInfo {
    Objects.requireNonNull(device, "device");
    encoders = List.copyOf(encoders);
  }
}
