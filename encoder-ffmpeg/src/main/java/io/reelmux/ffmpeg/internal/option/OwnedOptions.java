package io.reelmux.ffmpeg.internal.option;

import io.reelmux.AudioOptions;
import io.reelmux.VideoOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Library options that a typed setting owns and that would contradict it. */
public final class OwnedOptions {

  /** Options of video encoders. Some of them crash the process if they differ from the frames. */
  public static final Map<String, String> VIDEO =
      Map.ofEntries(
          Map.entry("video_size", "the size in VideoOptions, or outputSize"),
          Map.entry("pixel_format", "VideoOptions.pixelFormat"),
          Map.entry("time_base", "VideoOptions.frameRate"),
          Map.entry("framerate", "VideoOptions.frameRate"),
          Map.entry("colorspace", "VideoOptions.color"),
          Map.entry("color_range", "VideoOptions.color"),
          Map.entry("color_primaries", "VideoOptions.color"),
          Map.entry("color_trc", "VideoOptions.color"),
          Map.entry("chroma_sample_location", "VideoOptions.color"),
          Map.entry("ar", "AudioOptions"),
          Map.entry("ac", "AudioOptions"),
          Map.entry("ch_layout", "AudioOptions"),
          Map.entry("sample_fmt", "AudioOptions"),
          Map.entry("request_sample_fmt", "AudioOptions"));

  /** Options of audio encoders. */
  public static final Map<String, String> AUDIO =
      Map.ofEntries(
          Map.entry("ar", "AudioOptions.outputSampleRate"),
          Map.entry("ac", "AudioOptions.outputChannels"),
          Map.entry("ch_layout", "AudioOptions.outputChannels"),
          Map.entry("channel_layout", "AudioOptions.outputChannels"),
          Map.entry("sample_fmt", "AudioOptions.sampleFormat"),
          Map.entry("request_sample_fmt", "AudioOptions.sampleFormat"),
          Map.entry("time_base", "AudioOptions.outputSampleRate"),
          Map.entry("frame_size", "nothing: the encoder sets it"),
          Map.entry("video_size", "VideoOptions"),
          Map.entry("pixel_format", "VideoOptions"));

  /** Options that set the rate control of any encoder. */
  private static final String[] RATE = {"b", "crf", "qp", "q", "global_quality"};

  /** The same among the parameters of libraries. */
  private static final Set<String> RATE_PARAMETERS =
      Set.of("crf", "qp", "bitrate", "lossless", "rc", "tbr", "cq-level", "target-bitrate");

  /** Options that have other names than the settings. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "gop", "g",
          "keyInterval", "g",
          "maxBFrames", "bf",
          "maxBitRate", "maxrate",
          "bufferSize", "bufsize");

  /** The parameters of libraries that say the same as a setting. */
  private static final Map<String, Set<String>> PARAMETERS =
      Map.of(
          "preset", Set.of("preset"),
          "gop", Set.of("keyint", "kf-max-dist"),
          "keyInterval", Set.of("keyint", "kf-max-dist"),
          "bufferSize", Set.of("vbv-bufsize", "buf-sz"),
          "maxBFrames", Set.of("bframes"),
          "maxBitRate", Set.of("vbv-maxrate", "mbr"),
          "threads", Set.of("threads", "frame-threads", "pools", "lp"),
          "profile", Set.of("profile"));

  private OwnedOptions() {}

  /**
   * Refuses raw options of a video encoder, and parameters of its library, that repeat a setting.
   *
   * @param rateOptions the encoder's own options that control the bit rate
   * @param parameters the parameters of its library
   * @throws IllegalArgumentException naming both
   */
  public static void refuseDuplicates(
      VideoOptions options, Set<String> rateOptions, LibraryParameters parameters) {
    Map<String, String> raw = options.options();
    Map<String, Boolean> rates = new LinkedHashMap<>();
    rates.put("VideoOptions.crf", options.crf().isPresent());
    rates.put("VideoOptions.quality", options.quality().isPresent());
    rates.put("VideoOptions.qp", options.qp().isPresent());
    rates.put("VideoOptions.bitRate", options.bitRate().isPresent());
    for (Map.Entry<String, Boolean> rate : rates.entrySet()) {
      refuseDuplicate(rate.getValue(), rate.getKey(), raw, RATE);
      parameters.refuseDuplicate(rate.getValue(), rate.getKey(), raw, RATE_PARAMETERS);
    }
    boolean constantQuality = options.crf().isPresent() || options.quality().isPresent();
    String quality = options.crf().isPresent() ? "VideoOptions.crf" : "VideoOptions.quality";
    for (String name : rateOptions) {
      if (!parameters.isList(name)) {
        refuseDuplicate(constantQuality, quality, raw, name);
      }
    }
    Map<String, Boolean> others = new LinkedHashMap<>();
    others.put("preset", options.preset().isPresent());
    others.put("gop", options.gop().isPresent());
    others.put("keyInterval", options.keyInterval().isPresent());
    others.put("bufferSize", options.bufferSize().isPresent());
    others.put("maxBFrames", options.maxBFrames().isPresent());
    others.put("maxBitRate", options.maxBitRate().isPresent());
    others.put("threads", options.threads().isPresent());
    others.put("profile", options.profile().isPresent());
    for (Map.Entry<String, Boolean> other : others.entrySet()) {
      String setting = other.getKey();
      boolean isSet = other.getValue();
      String name = "VideoOptions." + setting;
      refuseDuplicate(isSet, name, raw, OPTIONS.getOrDefault(setting, setting));
      parameters.refuseDuplicate(isSet, name, raw, PARAMETERS.get(setting));
    }
  }

  /**
   * Refuses raw options of an audio encoder that repeat a setting.
   *
   * @throws IllegalArgumentException naming both
   */
  public static void refuseDuplicates(AudioOptions options) {
    refuseDuplicate(
        options.bitRate().isPresent(), "AudioOptions.bitRate", options.options(), "b", "ab");
  }

  /**
   * Refuses raw options that repeat a setting.
   *
   * @param isSet whether the setting is set
   * @param names the options that set the same
   * @throws IllegalArgumentException naming both
   */
  public static void refuseDuplicate(
      boolean isSet, String setting, Map<String, String> raw, String... names) {
    for (String name : names) {
      if (isSet && raw.containsKey(name)) {
        throw new IllegalArgumentException(
            "option '%s' and %s say the same thing: set one of them".formatted(name, setting));
      }
    }
  }
}
