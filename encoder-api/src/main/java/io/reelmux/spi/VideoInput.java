package io.reelmux.spi;

import io.reelmux.DeviceFrames;
import io.reelmux.VideoFrame;
import java.io.IOException;
import java.time.Duration;

/** Encodes the frames of one video stream of an {@link EncodingSession}. */
public interface VideoInput {

  /**
   * Refuses a frame that cannot be encoded, before anything is touched.
   *
   * @param frame the next frame
   * @throws IllegalArgumentException if it has a time or duration but the stream has a constant
   *     frame rate, or its time does not increase
   */
  void check(VideoFrame frame);

  /**
   * Encodes a frame.
   *
   * @param frame a frame that has been checked
   * @throws IOException if encoding or writing fails
   */
  void add(VideoFrame frame) throws IOException;

  /**
   * Refuses frames in a device's memory that cannot be encoded, before anything is touched.
   *
   * @param frames the next frames, in the memory of a device
   * @throws IllegalArgumentException if their times do not fit as for a {@link VideoFrame}, or the
   *     stream does not accept their device, size or layout
   */
  void check(DeviceFrames frames);

  /**
   * Encodes frames in a device's memory.
   *
   * @param frames frames that have been checked
   * @throws IOException if encoding or writing fails
   */
  void add(DeviceFrames frames) throws IOException;

  /**
   * Refuses a change of the bit rate, before anything is touched.
   *
   * @param bitsPerSecond positive
   * @throws IllegalArgumentException if the encoder cannot change it while it runs
   */
  void checkBitRate(long bitsPerSecond);

  /**
   * Changes the bit rate from the next frame on.
   *
   * @param bitsPerSecond a rate that has been checked
   * @throws IOException if encoding or writing fails
   */
  void setBitRate(long bitsPerSecond) throws IOException;

  /**
   * Encodes what the stream still holds; nothing more is added. Called at most once.
   *
   * @throws IOException if encoding or writing fails
   */
  void end() throws IOException;

  /**
   * Refuses an end of the last frame, before anything is touched.
   *
   * @param at time from the start of the stream
   * @throws IllegalArgumentException if the stream has a constant frame rate or no frame, or the
   *     time is not after that of the last frame
   */
  void checkEnd(Duration at);

  /**
   * As {@link #end()}, after a time that has been checked.
   *
   * @param at the time from the start of the stream until which the last frame is shown
   * @throws IOException if encoding or writing fails
   */
  void end(Duration at) throws IOException;
}
