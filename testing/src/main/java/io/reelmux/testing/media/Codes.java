package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Return codes of FFmpeg. */
final class Codes {
  private Codes() {}

  static void check(int code, String what) throws IOException {
    if (code < 0) {
      byte[] text = new byte[200];
      av_strerror(code, text, text.length);
      throw new IOException(
          "could not " + what + ": " + new String(text, StandardCharsets.UTF_8).trim());
    }
  }
}
