package io.reelmux;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GPU and its encoders.
 *
 * @param device the device
 * @param name the vendor's product name
 * @param memoryBytes the size of its memory in bytes; empty if the CUDA driver bindings cannot be
 *     loaded
 * @param driver the version of the driver
 * @param unavailableReason why it cannot encode, and what to do about it; empty if it can
 * @param encoders its encoders; empty if it cannot encode
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
