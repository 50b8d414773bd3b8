package io.reelmux.ffmpeg.internal.av;

import io.reelmux.EncoderException;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Every return code and every allocation of the library passes through here. */
public final class Av {

  /** Code of FFmpeg for a bad argument. */
  public static final int EINVAL = -22;

  /** Code of FFmpeg for a failure of a library that it uses. */
  public static final int EXTERNAL = -542398533;

  /** Code of FFmpeg for lack of memory. */
  public static final int ENOMEM = -12;

  /** Steps that a test makes fail. */
  private static volatile @Nullable Predicate<String> faults;

  private Av() {}

  /**
   * Whether a test wants this step to fail instead of being run.
   *
   * @param step name of the native function
   */
  public static boolean fails(String step) {
    Predicate<String> current = faults;
    return current != null && current.test(step);
  }

  /** For tests: makes steps fail; null restores normal running. */
  public static void injectFaults(@Nullable Predicate<String> steps) {
    faults = steps;
  }

  /**
   * Passes a result of 0 or more on.
   *
   * @param operation what was being done, for the message: "could not ..."
   * @throws EncoderException if the code is negative
   */
  public static int check(int code, String operation) throws EncoderException {
    if (code < 0) {
      throw failure(code, operation);
    }
    return code;
  }

  /** As {@link #check} for a step that a test may make fail before it runs. */
  public static <P extends Pointer> P allocated(@Nullable P pointer, String operation)
      throws EncoderException {
    if (pointer == null || pointer.isNull()) {
      throw failure(ENOMEM, operation);
    }
    return pointer;
  }

  /** The exception for a code, with the stream and the last messages of the calling thread. */
  public static EncoderException failure(int code, String operation) {
    return failure(code, operation, text(code), null);
  }

  /**
   * As {@link #failure(int, String)}, where somebody else than FFmpeg knows the reason.
   *
   * @param text the reason
   * @param cause what led to it, or null
   */
  public static EncoderException failure(
      int code, String operation, String text, @Nullable Throwable cause) {
    FfmpegLog.endLine();
    SessionLog.Part part = FfmpegLog.current();
    return new EncoderException(
        operation,
        part == null ? null : part.stream(),
        code,
        text,
        part == null ? java.util.List.of() : part.log().lastLines(),
        cause);
  }

  /** FFmpeg's text for a code. */
  public static String text(int code) {
    byte[] text = new byte[256];
    avutil.av_strerror(code, text, text.length);
    return string(text);
  }

  /** A C string that may be null. */
  public static String string(@Nullable BytePointer text) {
    return text == null || text.isNull()
        ? ""
        : text.getString(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String string(byte[] text) {
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }
}
