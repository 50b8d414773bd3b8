package io.reelmux.ffmpeg.spi;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.List;
import java.util.Optional;

/**
 * A kind of device that encodes video. Found by {@link java.util.ServiceLoader}; thread-safe.
 * FFmpeg's native libraries have been loaded before any of its methods is called.
 */
public interface VideoDevice {

  /** Returns whether this is such a device, whether or not it exists. */
  boolean handles(Device device);

  /**
   * Opens the device for a stream. The messages that the calling thread prints belong to the
   * stream.
   *
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the device cannot be used, with what to do about it
   */
  DeviceStream open(VideoOptions options, Container container) throws EncoderException;

  /** Returns the devices that the driver knows. */
  List<DeviceInfo> devices();

  /** Returns why a device cannot encode, and what to do; empty if it can. */
  Optional<String> unavailableReason(Device device);
}
