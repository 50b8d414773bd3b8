package io.reelmux.ffmpeg.internal.mux;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.ffmpeg.internal.container.Container;

/** Refuses tags that would break a file: FFmpeg's muxers do not check them. */
final class TagLimits {

  private TagLimits() {}

  /** Refuses a value that is too long. */
  static void check(Container container, String what, String value) {
    int bytes = value.getBytes(UTF_8).length;
    int max = container.tags().maxBytes();
    if (bytes > max) {
      throw new IllegalArgumentException(
          what
              + " has "
              + bytes
              + " bytes of UTF-8: container '"
              + container
              + "' stores at most "
              + max);
    }
  }

  /** Refuses a name that readers would take for another, or for damage. */
  static void checkKey(Container container, String key) {
    container
        .tags()
        .keyFault(key)
        .ifPresent(
            form -> {
              throw new IllegalArgumentException(
                  "metadata "
                      + key
                      + ": names in container '"
                      + container
                      + "' must consist of "
                      + form);
            });
  }
}
