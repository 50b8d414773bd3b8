package io.reelmux.cuda.standin;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;

/** Checks FFmpeg's return codes. */
final class Av {
  private Av() {}

  /** A failed call, with FFmpeg's code. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    Failure(String call, int code) {
      super("%s: %d, %s".formatted(call, code, text(code)));
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static int check(String call, int code) {
    if (code < 0) {
      throw new Failure(call, code);
    }
    return code;
  }

  private static String text(int code) {
    byte[] text = new byte[128];
    av_strerror(code, text, text.length);
    int length = 0;
    while (text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }
}
