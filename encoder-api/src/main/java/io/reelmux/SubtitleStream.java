package io.reelmux;

import io.reelmux.internal.EncoderCalls;
import io.reelmux.internal.StreamSlot;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SubtitleInput;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A subtitle stream of an {@link Encoder}: the handle that accepts cues. One thread at a time;
 * different streams may be fed from different threads at once. No other stream waits for cues, so a
 * cue is best added before the frames that it is shown over.
 */
public final class SubtitleStream implements MediaStream {
  private final Encoder encoder;
  private final EncoderCalls calls;
  private final StreamSlot slot;
  private final SubtitleOptions options;

  /** Set when the encoder is opened. */
  private volatile @Nullable SubtitleInput connected;

  SubtitleStream(Encoder encoder, EncoderCalls calls, StreamSlot slot, SubtitleOptions options) {
    this.encoder = encoder;
    this.calls = calls;
    this.slot = slot;
    this.options = options;
  }

  StreamSlot slot() {
    return slot;
  }

  void connect(EncodingSession session) {
    connected = session.subtitle(slot.number());
  }

  private SubtitleInput input() {
    return Objects.requireNonNull(connected, "input");
  }

  /** {@return the options that the stream was added with} */
  public SubtitleOptions options() {
    return options;
  }

  /**
   * Adds a text that is shown from one time to another. Times are rounded to milliseconds.
   *
   * @param start when it appears, from 0 on and not before the start of the cue added last
   * @param end when it disappears, after {@code start}
   * @param text plain text, shown as it is: what would be markup in the container's format is
   *     escaped. Lines are separated by {@code \n}, {@code \r\n} or {@code \r}
   * @throws IllegalArgumentException if the times are not in order, the container does not support
   *     cues that overlap and this one does, or the text is blank, has empty lines, NUL or other
   *     control characters, or more than 65,535 bytes in UTF-8; the encoder stays open
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the library fails
   */
  public void addCue(Duration start, Duration end, String text) throws IOException {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
    Checks.text("text", text);
    calls.begin(slot, "addCue()");
    try {
      SubtitleInput input = input();
      input.check(start, end, text);
      calls.add("addCue()", () -> input.add(start, end, text));
    } finally {
      calls.leave(slot);
    }
    encoder.reportProgress();
  }

  /**
   * Ends the stream. Calling it again does nothing.
   *
   * @throws IllegalStateException if the encoder is not open
   * @throws IOException if the destination or the library fails
   */
  public void end() throws IOException {
    calls.end(slot, () -> input().end());
  }
}
