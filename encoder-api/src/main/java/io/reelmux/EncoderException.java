package io.reelmux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the native library refuses a call or fails. Misuse that Reelmux detects itself is an
 * {@link IllegalArgumentException} or {@link IllegalStateException}; if the caller's destination
 * fails, its own exception is thrown.
 */
public final class EncoderException extends LibraryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param operation what was being done, in a few words ({@code open the encoder libx264})
   * @param stream the stream concerned ({@code video 0}), or null
   * @param errorCode the library's error code; 0 if there is none
   * @param errorText the library's text for the code
   * @param logLines the library's last log messages for this encoder, oldest first
   * @param cause the cause, or null
   */
  public EncoderException(
      String operation,
      @Nullable String stream,
      int errorCode,
      String errorText,
      List<String> logLines,
      @Nullable Throwable cause) {
    super(operation, stream, errorCode, errorText, logLines, cause);
  }
}
