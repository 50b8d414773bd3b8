package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Checks return codes of FFmpeg functions. */
final class FfmpegCall {

  private FfmpegCall() {}

  /**
   * Checks a return code.
   *
   * @param operation what was tried, for the message
   * @return the code
   * @throws IOException if it is negative
   */
  static int check(int code, String operation) throws IOException {
    if (code < 0) {
      byte[] text = new byte[256];
      av_strerror(code, text, text.length);
      int length = 0;
      while (text[length] != 0) {
        length++;
      }
      String reason = new String(text, 0, length, StandardCharsets.UTF_8);
      throw new IOException("could not " + operation + ": " + reason);
    }
    return code;
  }

  /**
   * Checks a pointer.
   *
   * @param operation what was tried, for the message
   * @return the pointer
   * @throws IOException if there is none
   */
  static <T extends Pointer> T check(@Nullable T pointer, String operation) throws IOException {
    if (pointer == null || pointer.isNull()) {
      throw new IOException("could not " + operation);
    }
    return pointer;
  }
}
