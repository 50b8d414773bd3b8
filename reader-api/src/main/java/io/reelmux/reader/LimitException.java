package io.reelmux.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown when a file exceeds one of the {@link Limits}. */
public final class LimitException extends ReaderException {
  private static final long serialVersionUID = 1L;

  private final String limit;

  /**
   * Creates an exception.
   *
   * @param operation what was being done, in a few words ({@code open the decoder h264})
   * @param stream the stream concerned ({@code video 0}), or null
   * @param limit the name of the limit ({@code maxPixels})
   * @param text what the file requires, and how the limit is raised
   */
  public LimitException(String operation, @Nullable String stream, String limit, String text) {
    this(operation, stream, limit, text, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param operation what was being done, in a few words ({@code open the decoder h264})
   * @param stream the stream concerned ({@code video 0}), or null
   * @param limit the name of the limit ({@code deadline})
   * @param text what the file requires, and how the limit is raised
   * @param cause what came of it, or null
   */
  public LimitException(
      String operation,
      @Nullable String stream,
      String limit,
      String text,
      @Nullable Throwable cause) {
    super(operation, stream, 0, text, List.of(), cause);
    this.limit = limit;
  }

  /** {@return the name of the limit, a method of {@link Limits}} */
  public String limit() {
    return limit;
  }
}
