package io.reelmux.ffmpeg.internal.video;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds what encodes on devices. */
public final class DeviceVideos {

  private DeviceVideos() {}

  /**
   * What encodes on a device.
   *
   * @throws IllegalArgumentException if the module for it is not on the class path
   */
  public static DeviceVideo of(Device device) {
    return find(device).orElseThrow(() -> new IllegalArgumentException(missing(device)));
  }

  /** Why a device cannot encode; empty if it can. */
  public static Optional<String> whyNot(Device device) {
    Optional<DeviceVideo> found = find(device);
    return found.isPresent() ? found.get().whyNot(device) : Optional.of(missing(device));
  }

  /** The boards of all kinds. */
  public static List<DeviceInfo> devices() {
    return load(DeviceVideos.class.getClassLoader()).flatMap(v -> v.devices().stream()).toList();
  }

  private static String missing(Device device) {
    return "device " + device + " needs io.reelmux:encoder-cuda on the class path";
  }

  private static Optional<DeviceVideo> find(Device device) {
    return Stream.concat(
            load(DeviceVideos.class.getClassLoader()),
            load(Thread.currentThread().getContextClassLoader()))
        .filter(video -> video.handles(device))
        .findFirst();
  }

  private static Stream<DeviceVideo> load(ClassLoader loader) {
    return ServiceLoader.load(DeviceVideo.class, loader).stream().map(ServiceLoader.Provider::get);
  }
}
