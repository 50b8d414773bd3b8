package io.reelmux.spi;

import io.reelmux.EncodingResult;
import io.reelmux.Progress;
import java.io.IOException;

/**
 * An encoder that has been opened. The {@link io.reelmux.Encoder} follows these rules:
 *
 * <ul>
 *   <li>Calls for one stream run one at a time; calls for different streams may run concurrently.
 *   <li>{@code attach}, {@code finish} and {@code salvage} run alone, apart from {@code cancel} and
 *       {@code progress}.
 *   <li>{@code cancel} and {@code progress} may be called at any time, even after {@code release}.
 *   <li>{@code release} comes last, when no other call is running except those two.
 * </ul>
 *
 * <p>An {@link IllegalArgumentException} from a {@code check} method of a stream leaves the session
 * as it was. Any exception from another method ends it: only {@code salvage} and {@code release}
 * follow.
 */
public interface EncodingSession {

  /**
   * Returns a video stream.
   *
   * @param number from 0, in the order of {@link SessionRequest#videos}
   * @return the same object for every call
   */
  VideoInput video(int number);

  /**
   * Returns several video streams that encode the same frames, which are read once.
   *
   * @param first the number of the first one
   * @param count how many, at least 1
   * @return one input for all of them
   */
  VideoInput renditions(int first, int count);

  /**
   * Returns an audio stream.
   *
   * @param number from 0, in the order of {@link SessionRequest#audios}
   * @return the same object for every call
   */
  AudioInput audio(int number);

  /**
   * Returns a stream of packets that are encoded already.
   *
   * @param number from 0, in the order of {@link SessionRequest#packets}
   * @return the same object for every call
   */
  PacketWriter packets(int number);

  /**
   * Returns a subtitle stream.
   *
   * @param number from 0, in the order of {@link SessionRequest#subtitles}
   * @return the same object for every call
   */
  SubtitleInput subtitle(int number);

  /**
   * Returns an output.
   *
   * @param number from 0, in the order of {@link SessionRequest#outputs}
   * @return the same object for every call
   */
  OutputControl output(int number);

  /**
   * Adds an output, which starts at the next key frame; asks the encoders for one.
   *
   * @param request the output
   * @return the output, with the next number
   * @throws IllegalArgumentException if it cannot hold the streams; nothing is left behind
   * @throws IOException if the library or the destination fails; nothing is left behind
   */
  OutputControl attach(OutputRequest request) throws IOException;

  /**
   * Ends every stream that has not been ended, and completes every output. Throws the failure of a
   * required output, or of the last one, after it has completed the others.
   *
   * @return what was written
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

  /** Frees everything, in any state. Never throws; a second call does nothing. */
  void release();

  /**
   * Totals so far, from any thread.
   *
   * @return the totals
   */
  Progress progress();
}
