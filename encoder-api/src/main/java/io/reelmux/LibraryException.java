package io.reelmux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the native library refuses a call or fails: an {@link EncoderException}, or the
 * reader's {@code ReaderException}.
 */
public abstract class LibraryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable String stream;
  private final int errorCode;
  private final String errorText;

  /** An array, because the given list might not be serializable. */
  private final String[] logLines;

  /**
   * Creates an exception.
   *
   * @param operation what was being done, in a few words ({@code open the encoder libx264})
   * @param stream the stream concerned ({@code video 0}), or null
   * @param errorCode the library's error code; 0 if there is none
   * @param errorText the library's text for the code
   * @param logLines the library's last log messages for this encoder or reader, oldest first
   * @param cause the cause, or null
   */
  protected LibraryException(
      String operation,
      @Nullable String stream,
      int errorCode,
      String errorText,
      List<String> logLines,
      @Nullable Throwable cause) {
    super(message(operation, stream, errorCode, errorText, logLines), cause);
    this.operation = operation;
    this.stream = stream;
    this.errorCode = errorCode;
    this.errorText = errorText;
    this.logLines = logLines.toArray(String[]::new);
  }

  /** {@return what was being done} */
  public final String operation() {
    return operation;
  }

  /** {@return the stream concerned, such as {@code video 0} or {@code audio 1}} */
  public final Optional<String> stream() {
    return Optional.ofNullable(stream);
  }

  /** {@return FFmpeg's error code, negative; 0 if there was none} */
  public final int errorCode() {
    return errorCode;
  }

  /** {@return FFmpeg's text for the code, or what Reelmux found wrong} */
  public final String errorText() {
    return errorText;
  }

  /** {@return FFmpeg's last log messages for this encoder or reader, oldest first} */
  public final List<String> logLines() {
    return List.of(logLines);
  }

  private static String message(
      String operation,
      @Nullable String stream,
      int errorCode,
      String errorText,
      List<String> logLines) {
    StringBuilder text = new StringBuilder("could not ").append(operation);
    if (stream != null) {
      text.append(" (").append(stream).append(')');
    }
    text.append(": ").append(errorText);
    if (errorCode != 0) {
      text.append(" (code ").append(errorCode).append(')');
    }
    for (String line : logLines) {
      text.append(System.lineSeparator()).append("  ").append(line);
    }
    return text.toString();
  }
}
