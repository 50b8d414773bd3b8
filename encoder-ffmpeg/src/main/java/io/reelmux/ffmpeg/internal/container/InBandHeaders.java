package io.reelmux.ffmpeg.internal.container;

import java.util.Set;

/**
 * Codecs whose packets cannot be read without a global header, which encoders put into the packets
 * or leave out of them. The others repeat it, or muxers make it from the description of the stream.
 */
public final class InBandHeaders {
  private static final Set<String> CODECS = Set.of("h264", "hevc", "mpeg4");

  private InBandHeaders() {}

  /** Whether packets of a codec, by FFmpeg's name of it, need the header. */
  public static boolean areNeededBy(String codec) {
    return CODECS.contains(codec);
  }
}
