package io.reelmux.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown for a file or a stream that this build cannot read at all. */
public final class UnsupportedMediaException extends ReaderException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param operation what was being done, in a few words ({@code open the file})
   * @param stream the stream concerned ({@code video 0}), or null
   * @param errorCode the library's error code; 0 if there is none
   * @param text what is not supported, and what to do
   * @param logLines the library's last log messages for this reader, oldest first
   */
  public UnsupportedMediaException(
      String operation,
      @Nullable String stream,
      int errorCode,
      String text,
      List<String> logLines) {
    super(operation, stream, errorCode, text, logLines, null);
  }
}
