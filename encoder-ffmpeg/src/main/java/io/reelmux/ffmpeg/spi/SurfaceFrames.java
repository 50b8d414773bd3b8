package io.reelmux.ffmpeg.spi;

import io.reelmux.DeviceFrames;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One FFmpeg frame in a device's memory whose owner may release it at any time, on any thread. So
 * it is lent for the time of a call.
 */
public interface SurfaceFrames extends DeviceFrames {

  /** What is done with a frame. */
  @FunctionalInterface
  interface Use<T, E extends Exception> {
    /** Returns a result. The frame must not be kept: another reference must be made of it. */
    T of(AVFrame frame) throws E;
  }

  /**
   * Uses the frame, which is not released meanwhile.
   *
   * @throws IllegalStateException if it has been released
   */
  <T, E extends Exception> T use(Use<T, E> work) throws E;
}
