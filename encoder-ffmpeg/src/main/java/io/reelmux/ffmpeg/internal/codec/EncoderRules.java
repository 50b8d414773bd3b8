package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.Quality;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts about an encoder that the library does not report.
 *
 * @param minSide minimum width and height; below it the encoder fails late or never returns
 * @param bFrames whether it supports B-frames
 * @param presets names of its presets, or none if they are not names
 * @param constantQualityOption the option that sets a constant quality: {@code crf}, {@code cq},
 *     {@code qp} (as qmin and qmax), {@code qscale}, or null if it has none
 * @param constantQualityValues values of that option from LOWEST to HIGHEST
 * @param lossless option and value for lossless encoding, or null
 */
public record EncoderRules(
    int minSide,
    boolean bFrames,
    List<String> presets,
    @Nullable String constantQualityOption,
    List<Integer> constantQualityValues,
    Map.@Nullable Entry<String, String> lossless) {

  private static final List<String> X26X_PRESETS =
      List.of(
          "ultrafast",
          "superfast",
          "veryfast",
          "faster",
          "fast",
          "medium",
          "slow",
          "slower",
          "veryslow",
          "placebo");

  /** From fast to good; the three after them are FFmpeg's names for some of them. */
  private static final List<String> NVENC_PRESETS =
      List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7", "fast", "medium", "slow");

  private static final EncoderRules UNKNOWN =
      new EncoderRules(1, true, List.of(), null, List.of(), null);

  private static final EncoderRules MPEG_FAMILY =
      new EncoderRules(1, true, List.of(), "qscale", List.of(12, 8, 4, 3, 2), null);

  private static final EncoderRules LOSSLESS_ALWAYS =
      new EncoderRules(1, true, List.of(), null, List.of(), Map.entry("", ""));

  private static final Map<String, EncoderRules> BY_NAME =
      Map.ofEntries(
          // below 16 x264 and openh264 fail at the first frame
          Map.entry("libx264", x26x(List.of(33, 28, 23, 19, 15), Map.entry("qp", "0"))),
          Map.entry("libx264rgb", x26x(List.of(33, 28, 23, 19, 15), Map.entry("qp", "0"))),
          Map.entry(
              "libx265", x26x(List.of(36, 32, 28, 22, 17), Map.entry("x265-params", "lossless=1"))),
          Map.entry(
              "libopenh264",
              new EncoderRules(16, false, List.of(), "qp", List.of(36, 31, 26, 22, 18), null)),
          // below 30 wide SVT-AV1 never returns
          Map.entry(
              "libsvtav1",
              new EncoderRules(32, true, List.of(), "crf", List.of(55, 45, 35, 25, 15), null)),
          Map.entry("libaom-av1", vpx(List.of(50, 40, 32, 23, 15), Map.entry("crf", "0"))),
          Map.entry("libvpx-vp9", vpx(List.of(50, 40, 32, 23, 15), Map.entry("lossless", "1"))),
          Map.entry("libvpx", vpx(List.of(40, 25, 12, 8, 4), null)),
          Map.entry(
              "h264_nvenc", nvenc(List.of(36, 31, 26, 22, 18), Map.entry("tune", "lossless"))),
          Map.entry(
              "hevc_nvenc", nvenc(List.of(36, 31, 26, 22, 18), Map.entry("tune", "lossless"))),
          Map.entry("av1_nvenc", nvenc(List.of(48, 40, 33, 27, 22), null)),
          Map.entry("mpeg4", MPEG_FAMILY),
          Map.entry("mpeg1video", MPEG_FAMILY),
          Map.entry("mpeg2video", MPEG_FAMILY),
          Map.entry("flv", MPEG_FAMILY),
          Map.entry("msmpeg4", MPEG_FAMILY),
          Map.entry("msmpeg4v2", MPEG_FAMILY),
          Map.entry("wmv1", MPEG_FAMILY),
          Map.entry("wmv2", MPEG_FAMILY),
          Map.entry("h263", MPEG_FAMILY),
          Map.entry("mjpeg", MPEG_FAMILY),
          Map.entry("ffv1", LOSSLESS_ALWAYS),
          Map.entry("ffvhuff", LOSSLESS_ALWAYS),
          Map.entry("huffyuv", LOSSLESS_ALWAYS),
          Map.entry("utvideo", LOSSLESS_ALWAYS),
          Map.entry("rawvideo", LOSSLESS_ALWAYS),
          Map.entry("png", LOSSLESS_ALWAYS),
          Map.entry("apng", LOSSLESS_ALWAYS),
          Map.entry("qtrle", LOSSLESS_ALWAYS));

  private static EncoderRules x26x(
      List<Integer> constantQualityValues, Map.Entry<String, String> lossless) {
    return new EncoderRules(16, true, X26X_PRESETS, "crf", constantQualityValues, lossless);
  }

  private static EncoderRules nvenc(
      List<Integer> constantQualityValues, Map.@Nullable Entry<String, String> lossless) {
    return new EncoderRules(16, true, NVENC_PRESETS, "cq", constantQualityValues, lossless);
  }

  private static EncoderRules vpx(
      List<Integer> constantQualityValues, Map.@Nullable Entry<String, String> lossless) {
    return new EncoderRules(1, true, List.of(), "crf", constantQualityValues, lossless);
  }

  /** The rules of an encoder; permissive for those not listed. */
  public static EncoderRules of(String encoder) {
    return BY_NAME.getOrDefault(encoder, UNKNOWN);
  }

  /** The value for a level below LOSSLESS. */
  int constantQualityValue(Quality quality) {
    return constantQualityValues.get(
        switch (quality) {
          case LOWEST -> 0;
          case LOW -> 1;
          case MEDIUM -> 2;
          case HIGH -> 3;
          case HIGHEST -> 4;
          case LOSSLESS ->
              throw new IllegalArgumentException("LOSSLESS is not a constant-quality level");
        });
  }
}
