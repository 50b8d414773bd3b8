package io.reelmux.benchmarks;

import io.reelmux.VideoOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An encoder, and the settings that every contender gives it. */
enum Codec {
  LIBX264("libx264", "preset", "ultrafast", 23, 0),
  LIBSVTAV1("libsvtav1", "preset", "10", 35, 0),
  LIBVPX_VP9("libvpx-vp9", "cpu-used", "8", 33, 0),
  LIBOPENH264("libopenh264", "", "", 0, 4_000_000);

  private final String encoder;
  private final String presetOption;
  private final String defaultPreset;
  private final int crf;
  private final long bitRate;

  Codec(String encoder, String presetOption, String defaultPreset, int crf, long bitRate) {
    this.encoder = encoder;
    this.presetOption = presetOption;
    this.defaultPreset = defaultPreset;
    this.crf = crf;
    this.bitRate = bitRate;
  }

  static Codec of(String encoder) {
    for (Codec codec : values()) {
      if (codec.encoder.equals(encoder)) {
        return codec;
      }
    }
    throw new IllegalArgumentException(
        "encoder '" + encoder + "': libx264, libsvtav1, libvpx-vp9 and libopenh264 are known");
  }

  /** Returns FFmpeg's name of the encoder. */
  String encoder() {
    return encoder;
  }

  String defaultPreset() {
    return defaultPreset;
  }

  /** Returns the bit rate; empty if the quality is constant. */
  OptionalLong bitRate() {
    return bitRate > 0 ? OptionalLong.of(bitRate) : OptionalLong.empty();
  }

  private OptionalInt crf() {
    return crf > 0 ? OptionalInt.of(crf) : OptionalInt.empty();
  }

  /** Returns the encoder's own options as FFmpeg names them. */
  Map<String, String> options(String preset) {
    Map<String, String> options = speed(preset);
    crf().ifPresent(value -> options.put("crf", String.valueOf(value)));
    return options;
  }

  /** Sets the same on Reelmux's options. */
  void apply(String preset, VideoOptions.Builder options) {
    options.codec(encoder);
    crf().ifPresent(options::crf);
    bitRate().ifPresent(options::bitRate);
    if (presetOption.equals("preset")) {
      options.preset(preset);
    } else {
      speed(preset).forEach(options::option);
    }
  }

  private Map<String, String> speed(String preset) {
    Map<String, String> options = new LinkedHashMap<>();
    if (this == LIBVPX_VP9) {
      options.put("deadline", "realtime");
    }
    if (!presetOption.isEmpty()) {
      options.put(presetOption, preset);
    }
    return options;
  }

  /** Describes the settings, such as {@code libx264 ultrafast crf 23}. */
  String describe(String preset) {
    String speed = presetOption.isEmpty() ? "" : " " + preset;
    return encoder + speed + (crf > 0 ? " crf " + crf : " " + bitRate + " bit/s");
  }
}
