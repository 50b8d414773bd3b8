package io.reelmux.ffmpeg.spi;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Converts the caller's frames to frames that a stream's encoder accepts. */
public interface FrameFeed extends AutoCloseable {

  /**
   * Converts a frame in the host's memory.
   *
   * @return a frame with its colors tagged; valid until the next call, unless it is moved out where
   *     {@link #ownsConvertedFrames}
   */
  AVFrame convert(VideoFrame frame) throws EncoderException;

  /** Returns whether a converted frame is in memory that no later conversion writes to. */
  boolean ownsConvertedFrames();

  /**
   * Refuses frames in a device's memory that cannot be encoded, before anything is touched.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  void check(DeviceFrames frames);

  /** Begins to convert frames in a device's memory that have been checked. */
  Batch begin(DeviceFrames frames) throws EncoderException;

  @Override
  void close();

  /** Frames in a device's memory, which the caller may reuse when this is closed. */
  interface Batch extends AutoCloseable {

    /**
     * Converts a frame.
     *
     * @param index from 0, each once, in order
     * @return a frame with its colors tagged; valid until the next call
     */
    AVFrame frame(int index) throws EncoderException;

    /** Waits until the caller's memory is no longer read. */
    @Override
    void close() throws EncoderException;
  }
}
