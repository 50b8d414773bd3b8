package io.reelmux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The native library refused or failed. Mistakes that Reelmux finds itself are {@link
 * IllegalArgumentException} and {@link IllegalStateException}; failures of the caller's destination
 * are the caller's own exceptions.
 */
public final class EncoderException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable String stream;
  private final int errorCode;
  private final String errorText;

  /** An array, which can be serialized whatever list was given. */
  private final String[] logLines;

  /**
   * Makes an exception.
   *
   * @param operation what was being done, in a few words ({@code open the encoder libx264})
   * @param stream the stream it was for ({@code video 0}), or null
   * @param errorCode the library's code, 0 if there is none
   * @param errorText the library's text for the code
   * @param logLines the library's last messages for this encoder, oldest first
   * @param cause what led to it, or null
   */
  public EncoderException(
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
  public String operation() {
    return operation;
  }

  /** {@return the stream it was for, {@code video 0} or {@code audio 1}} */
  public Optional<String> stream() {
    return Optional.ofNullable(stream);
  }

  /** {@return FFmpeg's error code, negative; 0 if there was none} */
  public int errorCode() {
    return errorCode;
  }

  /** {@return FFmpeg's text for the code} */
  public String errorText() {
    return errorText;
  }

  /** {@return FFmpeg's last messages for this encoder, oldest first} */
  public List<String> logLines() {
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
