package io.reelmux.ffmpeg.internal.video;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Makes the caller's pictures into pictures that a stream's encoder takes. */
public interface FrameFeed extends AutoCloseable {

  /**
   * Converts a picture in the host's memory.
   *
   * @return a picture with its colours tagged; valid until the next call, unless it is moved out
   *     where {@link #ownsConvertedFrames}
   */
  AVFrame convert(VideoFrame frame) throws EncoderException;

  /** Whether a converted picture is in memory that no later conversion writes to. */
  boolean ownsConvertedFrames();

  /**
   * Refuses pictures in a device's memory that cannot be encoded, before anything is touched.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  void check(DeviceFrames frames);

  /** Starts to take pictures in a device's memory that have been checked. */
  Batch begin(DeviceFrames frames) throws EncoderException;

  @Override
  void close();

  /** Pictures in a device's memory, which is the caller's again when this is closed. */
  interface Batch extends AutoCloseable {

    /**
     * Converts a picture.
     *
     * @param index from 0, each once, in order
     * @return a picture with its colours tagged; valid until the next call
     */
    AVFrame picture(int index) throws EncoderException;

    /** Waits until the caller's memory is no longer read. */
    @Override
    void close() throws EncoderException;
  }
}
