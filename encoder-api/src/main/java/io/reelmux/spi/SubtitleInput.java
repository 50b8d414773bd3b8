package io.reelmux.spi;

import java.io.IOException;
import java.time.Duration;

/** Writes the cues of one subtitle stream of an {@link EncodingSession}. */
public interface SubtitleInput {

  /**
   * Refuses a cue that cannot be written, before anything is touched.
   *
   * @param start when it appears
   * @param end when it disappears
   * @param text what is shown
   * @throws IllegalArgumentException if the times or the text do not fit
   */
  void check(Duration start, Duration end, String text);

  /**
   * Writes a cue.
   *
   * @param start when it appears
   * @param end when it disappears
   * @param text what is shown, which has been checked
   * @throws IOException if writing fails
   */
  void add(Duration start, Duration end, String text) throws IOException;

  /**
   * Ends the stream; nothing more is added. Called at most once.
   *
   * @throws IOException if writing fails
   */
  void end() throws IOException;
}
