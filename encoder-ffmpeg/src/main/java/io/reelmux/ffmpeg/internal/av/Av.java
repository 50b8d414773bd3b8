package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_strerror;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.EncoderException;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Checks return codes and allocations of FFmpeg and turns failures into exceptions. */
public final class Av {

  /** FFmpeg's code for an invalid argument. */
  public static final int EINVAL = -22;

  /** FFmpeg's code for a failure in an external library. */
  public static final int EXTERNAL = -542398533;

  /** FFmpeg's code for out of memory. */
  public static final int ENOMEM = -12;

  private Av() {}

  /**
   * Returns the result if it is 0 or more.
   *
   * @param operation what was attempted, for the message: "could not ..."
   * @throws EncoderException if the code is negative
   */
  public static int check(int code, String operation) throws EncoderException {
    if (code < 0) {
      throw failure(code, operation);
    }
    return code;
  }

  /** As {@link #check}, for a function that returns null when memory is exhausted. */
  public static <P extends Pointer> P allocated(@Nullable P pointer, String operation)
      throws EncoderException {
    if (pointer == null || pointer.isNull()) {
      throw failure(ENOMEM, operation);
    }
    return pointer;
  }

  /** Returns the exception for a code, with the calling thread's stream and last log lines. */
  public static EncoderException failure(int code, String operation) {
    return failure(code, operation, text(code));
  }

  /**
   * As {@link #failure(int, String)}, with a reason that does not come from FFmpeg.
   *
   * @param text the reason
   */
  public static EncoderException failure(int code, String operation, String text) {
    return create(code, operation, text, null);
  }

  /**
   * As {@link #failure(int, String)}, with a reason that does not come from FFmpeg.
   *
   * @param text the reason
   * @param cause the underlying exception
   */
  public static EncoderException failure(int code, String operation, String text, Throwable cause) {
    return create(code, operation, text, cause);
  }

  private static EncoderException create(
      int code, String operation, String text, @Nullable Throwable cause) {
    FfmpegLog.endLine();
    SessionLog.Part part = FfmpegLog.current();
    return new EncoderException(
        operation,
        part == null ? null : part.stream(),
        code,
        text,
        part == null ? List.of() : part.log().lastLines(),
        cause);
  }

  /** Returns FFmpeg's text for a code. */
  public static String text(int code) {
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    return string(text);
  }

  /** Returns a C string as a Java string; empty if it is null. */
  public static String string(@Nullable BytePointer text) {
    return text == null || text.isNull() ? "" : text.getString(UTF_8);
  }

  private static String string(byte[] text) {
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, UTF_8);
  }
}
