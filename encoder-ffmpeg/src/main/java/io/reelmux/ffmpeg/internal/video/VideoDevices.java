package io.reelmux.ffmpeg.internal.video;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.ffmpeg.spi.VideoDevice;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the implementations that encode on devices. */
public final class VideoDevices {

  private VideoDevices() {}

  /**
   * Returns the implementation for a device.
   *
   * @throws IllegalArgumentException if the module for it is not on the class path
   */
  public static VideoDevice of(Device device) {
    return find(device).orElseThrow(() -> new IllegalArgumentException(missing(device)));
  }

  /** Returns why there is no implementation for a device; empty if there is one. */
  public static Optional<String> missingReason(Device device) {
    return find(device).isPresent() ? Optional.empty() : Optional.of(missing(device));
  }

  /** Returns why a device cannot encode; empty if it can. */
  public static Optional<String> unavailableReason(Device device) {
    Optional<VideoDevice> found = find(device);
    return found.isPresent() ? found.get().unavailableReason(device) : Optional.of(missing(device));
  }

  /** Returns the devices of all kinds. */
  public static List<DeviceInfo> devices() {
    return load(VideoDevices.class.getClassLoader()).flatMap(v -> v.devices().stream()).toList();
  }

  private static String missing(Device device) {
    return "device " + device + " needs io.reelmux:encoder-cuda on the class path";
  }

  private static Optional<VideoDevice> find(Device device) {
    return Stream.concat(
            load(VideoDevices.class.getClassLoader()),
            load(Thread.currentThread().getContextClassLoader()))
        .filter(video -> video.handles(device))
        .findFirst();
  }

  private static Stream<VideoDevice> load(ClassLoader loader) {
    return ServiceLoader.load(VideoDevice.class, loader).stream().map(ServiceLoader.Provider::get);
  }
}
