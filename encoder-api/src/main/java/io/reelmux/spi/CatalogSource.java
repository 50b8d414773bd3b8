package io.reelmux.spi;

import io.reelmux.AudioOptions;
import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import java.util.List;
import java.util.Optional;

/** The queries behind an {@link io.reelmux.EncoderCatalog}. Implementations are thread-safe. */
public interface CatalogSource {

  /** {@return the name, version and license of the native library} */
  String backend();

  /** {@return the names of the containers, sorted} */
  List<String> containers();

  /**
   * Returns all encoders of a kind.
   *
   * @param kind video or audio; subtitles have no encoders
   * @return the encoders, sorted by name
   */
  List<EncoderInfo> encoders(StreamKind kind);

  /**
   * Returns an encoder by name.
   *
   * @param name the name of the implementation
   * @return the encoder; empty if this build does not have it
   */
  Optional<EncoderInfo> encoder(String name);

  /**
   * Returns why streams cannot be encoded into a container.
   *
   * @param videos the video streams
   * @param audios the audio streams
   * @param format the name of the container
   * @return the reason; empty if they can be encoded
   */
  Optional<String> unsupportedReason(
      List<VideoOptions> videos, List<AudioOptions> audios, String format);

  /**
   * Returns how many frames beyond the end of a part an encoder looks at.
   *
   * @param options the settings of the stream
   * @return 0 or more
   */
  default int lookahead(VideoOptions options) {
    return 0;
  }

  /**
   * Returns the GPUs that the driver reports.
   *
   * @return the GPUs in the driver's order; empty without a driver or without GPU support
   */
  default List<DeviceInfo> devices() {
    return List.of();
  }

  /**
   * Returns why a device cannot encode video.
   *
   * @param device the device
   * @return the reason, and what to do about it; empty if it can encode
   */
  Optional<String> unavailableReason(Device device);
}
