package io.reelmux.ffmpeg.internal.container;

import java.util.Set;

/**
 * Codecs whose packets cannot be read without a global header, which encoders put into the packets
 * or leave out of them. The others repeat it, or muxers make it from the description of the stream.
 */
public final class InBandHeaders {
  private static final String MPEG4 = "mpeg4";
  private static final Set<String> CODECS = Set.of("h264", "hevc", MPEG4);

  private InBandHeaders() {}

  /** Whether muxers lose the header if packets of a codec that are copied do not have it. */
  public static boolean areLostBy(String codec) {
    return codec.equals(MPEG4);
  }

  /** Whether packets of a codec, by FFmpeg's name of it, need the header. */
  public static boolean areNeededBy(String codec) {
    return CODECS.contains(codec);
  }
}
