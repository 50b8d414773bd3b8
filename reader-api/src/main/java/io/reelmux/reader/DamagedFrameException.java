package io.reelmux.reader;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a frame, or for samples, that cannot be decoded without errors. The reader can be used
 * again: other frames may be whole.
 */
public final class DamagedFrameException extends ReaderException {
  private static final long serialVersionUID = 1L;

  private final long index;
  private final @Nullable Duration time;

  /**
   * Creates an exception.
   *
   * @param stream the stream concerned ({@code video 0})
   * @param index the number of the frame, or of the first damaged sample; -1 if it is not known
   * @param time its time, or null if it is not known
   * @param text what is wrong with it
   * @param logLines the library's last log messages for this reader, oldest first
   */
  public DamagedFrameException(
      String stream, long index, @Nullable Duration time, String text, List<String> logLines) {
    super(operation(index, time), stream, 0, text, logLines, null);
    this.index = index;
    this.time = time;
  }

  private static String operation(long index, @Nullable Duration time) {
    return "decode "
        + (index < 0 ? "a frame" : "number " + index)
        + (time == null ? "" : " at " + time);
  }

  /** {@return the number of the frame, or of the first damaged sample; -1 if it is not known} */
  public long index() {
    return index;
  }

  /** {@return its time; empty if it is not known} */
  public Optional<Duration> time() {
    return Optional.ofNullable(time);
  }
}
