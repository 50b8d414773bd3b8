package io.reelmux.spi;

import io.reelmux.AudioOptions;
import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import java.util.List;
import java.util.Optional;

/** Answers the questions of an {@link io.reelmux.EncoderCatalog}. Thread-safe. */
public interface CatalogSource {

  /** {@return library, version and licence} */
  String backend();

  /** {@return names of the containers, sorted} */
  List<String> containers();

  /**
   * All encoders of a kind.
   *
   * @param kind video or audio
   * @return sorted by name
   */
  List<EncoderInfo> encoders(StreamKind kind);

  /**
   * One encoder.
   *
   * @param name its name
   * @return what it takes, if this build has it
   */
  Optional<EncoderInfo> encoder(String name);

  /**
   * Whether streams can be encoded into a container.
   *
   * @param videos video streams
   * @param audios audio streams
   * @param format name of the container
   * @return empty if they can; otherwise the reason
   */
  Optional<String> unsupportedReason(
      List<VideoOptions> videos, List<AudioOptions> audios, String format);

  /**
   * The boards that the driver knows.
   *
   * @return in the driver's order; none without a driver, or without a backend for boards
   */
  default List<DeviceInfo> devices() {
    return List.of();
  }

  /**
   * Whether a device can encode video.
   *
   * @param device the device
   * @return empty if it can; otherwise the reason, and what to do
   */
  Optional<String> unavailableReason(Device device);
}
