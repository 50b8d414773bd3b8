package io.reelmux.spi;

import io.reelmux.AudioSamples;
import io.reelmux.DeviceFrames;
import io.reelmux.EncodingResult;
import io.reelmux.Progress;
import io.reelmux.VideoFrame;
import java.io.IOException;

/**
 * An encoder that has been opened. The {@link io.reelmux.Encoder} promises: one call at a time for
 * each stream, calls for different streams at once; {@code finish} alone; {@code release} last,
 * when no call but {@code cancel} and {@code progress} is running, which may also come after it.
 * Streams are numbered as in the container: video first, then audio.
 *
 * <p>An {@link IllegalArgumentException} from a {@code check} method leaves the session as it was.
 * Any exception from another method ends it: only {@code salvage} and {@code release} follow.
 */
public interface EncodingSession {

  /**
   * Refuses a frame that cannot be encoded, before anything is touched.
   *
   * @param stream number of a video stream
   * @param frame the next frame of that stream
   * @throws IllegalArgumentException if it does not fit
   */
  void checkFrame(int stream, VideoFrame frame);

  /**
   * Encodes a frame.
   *
   * @param stream number of a video stream
   * @param frame a frame that has been checked
   * @throws IOException if encoding or writing fails
   */
  void addFrame(int stream, VideoFrame frame) throws IOException;

  /**
   * Refuses frames in a device's memory that cannot be encoded.
   *
   * @param stream number of a video stream
   * @param frames frames in the memory of a device
   * @throws IllegalArgumentException if they do not fit
   */
  void checkDeviceFrames(int stream, DeviceFrames frames);

  /**
   * Encodes frames in a device's memory.
   *
   * @param stream number of a video stream
   * @param frames frames that have been checked
   * @throws IOException if encoding or writing fails
   */
  void addDeviceFrames(int stream, DeviceFrames frames) throws IOException;

  /**
   * Refuses samples that cannot be encoded, before anything is touched.
   *
   * @param stream number of an audio stream
   * @param samples the next samples of that stream
   * @throws IllegalArgumentException if they do not fit
   */
  void checkSamples(int stream, AudioSamples samples);

  /**
   * Encodes samples.
   *
   * @param stream number of an audio stream
   * @param samples samples that have been checked
   * @throws IOException if encoding or writing fails
   */
  void addSamples(int stream, AudioSamples samples) throws IOException;

  /**
   * Encodes what a stream still holds; no more will come. Called at most once a stream.
   *
   * @param stream number of the stream
   * @throws IOException if encoding or writing fails
   */
  void end(int stream) throws IOException;

  /**
   * Ends every stream that has not been, and completes the container and the destination.
   *
   * @return what was produced
   * @throws IOException if encoding or writing fails
   */
  EncodingResult finish() throws IOException;

  /**
   * After a failure: completes the container with what has been encoded, if the destination still
   * works. What it throws is added to the first failure as suppressed.
   *
   * @throws IOException if encoding or writing fails again
   */
  void salvage() throws IOException;

  /** From any thread: from now on no native call is started and nothing is written. */
  void cancel();

  /** Frees everything, whatever state it is in. Never throws; a second call does nothing. */
  void release();

  /**
   * Totals so far, from any thread.
   *
   * @return the totals
   */
  Progress progress();
}
