package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * NVIDIA's encoders. Refuses settings that they silently accept and handle badly: contradictions,
 * and a constant QP so low that it has been seen to crash the process.
 */
public final class Nvenc extends EncoderProfile {
  private static final String H264 = "h264_nvenc";
  private static final String HEVC = "hevc_nvenc";
  private static final String AV1 = "av1_nvenc";

  /** The encoders. */
  public static final List<String> ENCODERS = List.of(H264, HEVC, AV1);

  /** Names of the codecs. */
  private static final Map<String, String> BY_CODEC =
      Map.of("h264", H264, "hevc", HEVC, "av1", AV1);

  private static final Map<Integer, String> BY_CODEC_ID =
      Map.of(AV_CODEC_ID_H264, H264, AV_CODEC_ID_HEVC, HEVC, AV_CODEC_ID_AV1, AV1);

  /** From fast to good; the last three are FFmpeg's names for some of the others. */
  private static final List<String> PRESETS =
      List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7", "fast", "medium", "slow");

  /**
   * Below about this, very noisy frames crash the process inside the driver (TorchCodec issue 1419,
   * seen with H.264).
   */
  private static final int MIN_QP = 15;

  /** {@link #MIN_QP} on AV1's scale of 0 to 255. */
  private static final int MIN_QP_AV1 = 5 * MIN_QP;

  /** Options that set a constant QP, alone or with {@code rc=constqp}. */
  private static final List<String> QP_OPTIONS =
      List.of("qp", "init_qpP", "init_qpI", "init_qpB", "qmax", "global_quality");

  /** Presets use fewer consecutive B-frames; the driver decides how many. */
  private static final int GOP_OF_ANY_PRESET = 6;

  private static final List<Map<String, String>> SPEEDS =
      Stream.of("p1", "p2", "p4", "p6", "p7").map(preset -> Map.of("preset", preset)).toList();

  private static final String QUALITY = "cq";
  private static final String RATE_CONTROL = "rc";
  private static final String LOSSLESS = "lossless";

  private Nvenc(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return ENCODERS.stream().<EncoderProfile>map(Nvenc::new).toList();
  }

  /** The encoder of a codec by the codec's name, or the name itself. */
  public static String encoderOf(String name) {
    String known = Codecs.canonical(name);
    return BY_CODEC.getOrDefault(known, known);
  }

  /** The encoder of a codec by the codec's number. */
  public static Optional<String> encoderOf(int codecId) {
    return Optional.ofNullable(BY_CODEC_ID.get(codecId));
  }

  /** The codec of one of these encoders, for which the CPU has encoders, or the name itself. */
  public static String codecOf(String name) {
    return ENCODERS.contains(name) ? name.substring(0, name.indexOf('_')) : name;
  }

  private boolean isAv1() {
    return encoder().equals(AV1);
  }

  @Override
  int minWidth() {
    return 16;
  }

  @Override
  int minHeight() {
    return 16;
  }

  @Override
  List<String> presets() {
    return PRESETS;
  }

  @Override
  Set<VideoTag> storedTags() {
    Set<VideoTag> tags = VideoTag.colors();
    if (!isAv1()) {
      tags.add(VideoTag.SAMPLE_ASPECT_RATIO);
      tags.add(VideoTag.FRAME_RATE);
    }
    if (!encoder().equals(H264)) {
      tags.add(VideoTag.MASTERING_DISPLAY);
      tags.add(VideoTag.CONTENT_LIGHT);
    }
    return tags;
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(QUALITY, RATE_CONTROL);
  }

  @Override
  List<Integer> qualityValues() {
    return isAv1() ? List.of(48, 40, 33, 27, 22) : List.of(36, 31, 26, 22, 18);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  boolean hasRateOptions(VideoOptions options) {
    return super.hasRateOptions(options) || isLosslessTune(options);
  }

  private static boolean isLosslessTune(VideoOptions options) {
    String preset = options.preset().or(() -> raw(options, "preset")).orElse("");
    return raw(options, "tune").filter(LOSSLESS::equals).isPresent() || preset.startsWith(LOSSLESS);
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) throws EncoderException {
    // with a bit rate, 2 Mb/s by default in FFmpeg, the quality would be an upper bound only
    context.bit_rate(0);
    setter.set(RATE_CONTROL, "vbr");
    setter.set(QUALITY, Integer.toString(value));
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    if (isAv1()) {
      super.setLossless(context, setter);
      return;
    }
    setter.set("tune", LOSSLESS);
  }

  @Override
  String crfAlternatives(String crf) {
    return super.crfAlternatives(crf) + "option(\"" + QUALITY + "\", \"" + crf + "\") ";
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  @Override
  List<Integer> qpRange() {
    return isAv1() ? List.of(MIN_QP_AV1, 255) : List.of(MIN_QP, 51);
  }

  @Override
  boolean limits(RateControl mode) {
    return mode == RateControl.VARIABLE_BIT_RATE || mode == RateControl.CONSTANT_QUALITY;
  }

  @Override
  boolean supportsBFrames() {
    return true;
  }

  @Override
  KeyFrameControl keyFrameControl() {
    return KeyFrameControl.EXACT;
  }

  @Override
  boolean hasLowLatency() {
    return true;
  }

  @Override
  boolean hasLiveBitRate() {
    return true;
  }

  @Override
  List<Map<String, String>> speeds() {
    return SPEEDS;
  }

  @Override
  void setQp(int qp, AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set(RATE_CONTROL, "constqp");
    // with the option qp alone, B-frames would get a quarter more
    for (String name : List.of("init_qpP", "init_qpI", "init_qpB")) {
      setter.set(name, Integer.toString(qp));
    }
  }

  @Override
  void setFixedGop(AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("no-scenecut", "1");
  }

  @Override
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    refuseForLatency(options, "tune", "zerolatency", "delay", "rc-lookahead");
    context.max_b_frames(0);
    setter.set("tune", "ull");
    setter.set("zerolatency", "1");
    setter.set("delay", "0");
    setter.set("rc-lookahead", "0");
  }

  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    if (!options.options().containsKey(RATE_CONTROL)) {
      setter.set(RATE_CONTROL, isConstantBitRate(options) ? "cbr" : "vbr");
    }
    super.setBitRate(options, context, setter);
  }

  /** AV1 has only one profile, and no option for it. */
  @Override
  void setProfile(String profile, OptionSetter setter) throws EncoderException {
    if (!isAv1() || !profile.equals("main")) {
      super.setProfile(profile, setter);
    }
  }

  /**
   * Adjusts the settings for a short key-frame distance: the driver refuses one that is not greater
   * than the number of B-frames plus one, even if a preset chose that number, and always refuses 1.
   */
  @Override
  void setGop(int gop, VideoOptions options, AVCodecContext context) {
    super.setGop(gop, options, context);
    int bFrames = options.maxBFrames().orElse(0);
    if (bFrames > 0 && gop <= bFrames + 1) {
      throw new IllegalArgumentException(
          "gop %d with maxBFrames %d: %s requires a gop of at least %d for that"
              .formatted(gop, bFrames, encoder(), bFrames + 2));
    }
    if (gop == 1) {
      // FFmpeg's value for key frames only
      context.gop_size(0);
    } else if (gop < GOP_OF_ANY_PRESET && options.maxBFrames().isEmpty()) {
      context.max_b_frames(0);
    }
  }

  @Override
  public void check(VideoOptions options, int pixelFormat) {
    if (options.device().isCuda() && options.options().containsKey("gpu")) {
      throw new IllegalArgumentException(
          "option 'gpu' of encoder " + encoder() + " must not be set: use VideoOptions.device");
    }
    options
        .preset()
        .filter(preset -> preset.matches("[0-9]+"))
        .ifPresent(
            preset -> {
              throw new IllegalArgumentException(
                  "preset '%s': %s has p1 (fast) to p7 (good)".formatted(preset, encoder()));
            });
    OwnedOptions.refuseDuplicate(
        options.quality().isPresent(),
        "VideoOptions.quality",
        options.options(),
        QUALITY,
        "qp",
        RATE_CONTROL);
    OwnedOptions.refuseDuplicate(
        options.rateControl().isPresent(),
        "VideoOptions.rateControl",
        options.options(),
        RATE_CONTROL,
        "cbr");
    QP_OPTIONS.forEach(name -> raw(options, name).ifPresent(qp -> checkConstantQp(name, qp)));
  }

  private void checkConstantQp(String name, String value) {
    double qp = number(value);
    int min = isAv1() ? MIN_QP_AV1 : MIN_QP;
    if (qp >= 0 && qp < min) {
      throw new IllegalArgumentException(
          ("option '%s' of encoder %s is %s: below %d NVIDIA's driver has been seen to crash the"
                  + " process; use quality(Quality.LOSSLESS), or option \"cq\" for a high quality")
              .formatted(name, encoder(), value, min));
    }
  }

  private static Optional<String> raw(VideoOptions options, String name) {
    return Optional.ofNullable(options.options().get(name));
  }
}
