package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXPERIMENTAL;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PATCHWELCOME;

import io.reelmux.EncoderException;
import io.reelmux.StreamOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells settings that an encoder refuses when it is opened from failures. */
public final class OpenRefusal {
  private static final Set<Integer> UNSUPPORTED =
      Set.of(Av.EINVAL, AVERROR_PATCHWELCOME, AVERROR_EXPERIMENTAL);

  /** In front of each message of FFmpeg: which object says it. */
  private static final String SPEAKER = "^(\\[[^]]*\\] )+";

  private OpenRefusal() {}

  /**
   * Refuses the settings if they are what the encoder does not support. With options of FFmpeg's
   * own among them, it may be those, and the failure stays one.
   *
   * @param encoder its name
   * @param settings what was set, in words
   * @throws IllegalArgumentException with the settings and FFmpeg's messages
   */
  public static void check(
      EncoderException failure, String encoder, StreamOptions options, String settings) {
    if (options.options().isEmpty() && UNSUPPORTED.contains(failure.errorCode())) {
      throw new IllegalArgumentException(
          encoder
              + " does not support "
              + settings
              + ": "
              + reason(failure)
              + "; change what it names, or use another codec",
          failure);
    }
  }

  private static String reason(EncoderException failure) {
    List<String> lines = failure.logLines();
    return lines.isEmpty()
        ? failure.errorText()
        : lines.stream()
            .map(line -> line.replaceFirst(SPEAKER, ""))
            .distinct()
            .collect(Collectors.joining(", "));
  }
}
