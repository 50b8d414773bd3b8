package io.reelmux.ffmpeg.internal.video;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.List;
import java.util.Optional;

/**
 * A kind of device that encodes video. Found by {@link java.util.ServiceLoader}; thread-safe. The
 * natives of FFmpeg have been loaded before one of its methods is called.
 */
public interface VideoDevice {

  /** Whether this is such a device, whether or not there is one. */
  boolean handles(Device device);

  /**
   * Opens the device for a stream. The calling thread does the stream's work for the log.
   *
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the device cannot be used, with what to do about it
   */
  DeviceStream open(VideoOptions options, Container container) throws EncoderException;

  /** The boards that the driver knows. */
  List<DeviceInfo> devices();

  /** Why a device cannot encode, and what to do; empty if it can. */
  Optional<String> unavailableReason(Device device);
}
