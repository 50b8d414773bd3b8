package io.reelmux.ffmpeg.internal.option;

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

  /** Options that control the bit rate: any of them replaces our default quality. */
  public static final Set<String> RATE =
      Set.of(
          "b",
          "crf",
          "qp",
          "q",
          "qmin",
          "qmax",
          "cq",
          "rc",
          "rc_mode",
          "global_quality",
          "lossless",
          "maxrate",
          "x264-params",
          "x265-params",
          "svtav1-params",
          "aom-params");

  private OwnedOptions() {}
}
