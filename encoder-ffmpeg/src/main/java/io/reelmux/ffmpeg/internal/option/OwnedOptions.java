package io.reelmux.ffmpeg.internal.option;

import io.reelmux.AudioOptions;
import io.reelmux.VideoOptions;
import java.util.Map;

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

  private OwnedOptions() {}

  /**
   * Refuses raw options of a video encoder that repeat a setting.
   *
   * @throws IllegalArgumentException naming both
   */
  public static void refuseDuplicates(VideoOptions options) {
    Map<String, String> raw = options.options();
    refuseDuplicate(options.crf().isPresent(), "VideoOptions.crf", raw, "crf");
    refuseDuplicate(options.preset().isPresent(), "VideoOptions.preset", raw, "preset");
    refuseDuplicate(options.gop().isPresent(), "VideoOptions.gop", raw, "g");
    refuseDuplicate(options.keyInterval().isPresent(), "VideoOptions.keyInterval", raw, "g");
    refuseDuplicate(options.qp().isPresent(), "VideoOptions.qp", raw, "qp");
    refuseDuplicate(options.bufferSize().isPresent(), "VideoOptions.bufferSize", raw, "bufsize");
    refuseDuplicate(options.maxBFrames().isPresent(), "VideoOptions.maxBFrames", raw, "bf");
    refuseDuplicate(options.bitRate().isPresent(), "VideoOptions.bitRate", raw, "b");
    refuseDuplicate(options.maxBitRate().isPresent(), "VideoOptions.maxBitRate", raw, "maxrate");
    refuseDuplicate(options.threads().isPresent(), "VideoOptions.threads", raw, "threads");
    refuseDuplicate(options.profile().isPresent(), "VideoOptions.profile", raw, "profile");
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
