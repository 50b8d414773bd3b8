package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.VideoOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * Refuses settings that NVIDIA's encoders silently accept and handle badly: contradictions, and a
 * constant QP so low that it has been seen to crash the process.
 */
public final class NvencRules {

  /**
   * Below about this, very noisy frames crash the process inside the driver (TorchCodec issue 1419,
   * seen with h264_nvenc).
   */
  private static final int MIN_QP = 15;

  /** {@link #MIN_QP} on AV1's scale of 0 to 255. */
  private static final int MIN_QP_AV1 = 5 * MIN_QP;

  /** Options that set a constant QP, alone or with {@code rc=constqp}. */
  private static final List<String> QP =
      List.of("qp", "init_qpP", "init_qpI", "init_qpB", "qmax", "global_quality");

  /** Presets use fewer consecutive B-frames; the driver decides how many. */
  private static final int GOP_OF_ANY_PRESET = 6;

  private NvencRules() {}

  /** Whether an encoder is NVIDIA's. */
  public static boolean covers(String encoder) {
    return encoder.endsWith("_nvenc");
  }

  /** Whether raw options ask such an encoder for lossless encoding. */
  static boolean isLossless(String encoder, VideoOptions options) {
    return covers(encoder)
        && ("lossless".equals(options.options().get("tune"))
            || options.preset().or(() -> raw(options, "preset")).orElse("").startsWith("lossless"));
  }

  /**
   * Checks the settings, however they were set.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public static void check(String encoder, VideoOptions options) {
    if (!covers(encoder)) {
      return;
    }
    if (options.device().isCuda() && options.options().containsKey("gpu")) {
      throw new IllegalArgumentException(
          "option 'gpu' of encoder " + encoder + " must not be set: use VideoOptions.device");
    }
    options
        .preset()
        .filter(preset -> preset.matches("[0-9]+"))
        .ifPresent(
            preset -> {
              throw new IllegalArgumentException(
                  "preset '%s': %s has p1 (fast) to p7 (good)".formatted(preset, encoder));
            });
    twice("quality", options.quality().isPresent(), List.of("cq", "qp", "rc"), options);
    twice("rateControl", options.rateControl().isPresent(), List.of("rc", "cbr"), options);
    int min = encoder.startsWith("av1") ? MIN_QP_AV1 : MIN_QP;
    QP.forEach(name -> raw(options, name).ifPresent(qp -> constantQp(encoder, name, qp, min)));
  }

  /** Whether this is the only profile of an encoder, which has no option for it then. */
  public static boolean isOnlyProfile(String encoder, String profile) {
    return encoder.equals("av1_nvenc") && profile.equals("main");
  }

  /**
   * Adjusts the settings for a short key-frame distance: the driver refuses one that is not greater
   * than the number of B-frames plus one, even if a preset chose that number, and always refuses 1.
   *
   * @throws IllegalArgumentException if the distance is too short for the requested B-frames
   */
  public static void group(String encoder, VideoOptions options, AVCodecContext context) {
    if (!covers(encoder) || options.gop().isEmpty()) {
      return;
    }
    int gop = options.gop().getAsInt();
    int bFrames = options.maxBFrames().orElse(0);
    if (bFrames > 0 && gop <= bFrames + 1) {
      throw new IllegalArgumentException(
          "gop %d with maxBFrames %d: %s requires a gop of at least %d for that"
              .formatted(gop, bFrames, encoder, bFrames + 2));
    }
    if (gop == 1) {
      // FFmpeg's value for key frames only
      context.gop_size(0);
    } else if (gop < GOP_OF_ANY_PRESET && options.maxBFrames().isEmpty()) {
      context.max_b_frames(0);
    }
  }

  private static void twice(
      String setting, boolean isSet, List<String> names, VideoOptions options) {
    for (String name : names) {
      if (isSet && options.options().containsKey(name)) {
        throw new IllegalArgumentException(
            "option '%s' and VideoOptions.%s say the same thing: set one of them"
                .formatted(name, setting));
      }
    }
  }

  private static void constantQp(String encoder, String name, String value, int min) {
    double qp = number(value);
    if (qp >= 0 && qp < min) {
      throw new IllegalArgumentException(
          ("option '%s' of encoder %s is %s: below %d NVIDIA's driver has been seen to crash the"
                  + " process; use quality(Quality.LOSSLESS), or option \"cq\" for a high quality")
              .formatted(name, encoder, value, min));
    }
  }

  /** Returns -1 for text that is not a number, which the library refuses. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Optional<String> raw(VideoOptions options, String name) {
    Map<String, String> all = options.options();
    return Optional.ofNullable(all.get(name));
  }
}
