package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Encoders that are always lossless. */
final class Lossless extends EncoderProfile {

  private static final String FFV1 = "ffv1";
  private static final String PNG = "png";

  /** For messages. */
  static final List<String> WELL_KNOWN = List.of(FFV1, PNG, "huffyuv", "utvideo");

  /** Their decoders read every value as full range, gray included. */
  private static final Set<String> FULL_RANGE = Set.of(PNG, "apng");

  private Lossless(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.concat(WELL_KNOWN.stream(), Stream.of("apng", "ffvhuff", "rawvideo", "qtrle"))
        .<EncoderProfile>map(Lossless::new)
        .toList();
  }

  @Override
  ColorSpec defaultColor(int pixelFormat, Container container) {
    return FULL_RANGE.contains(encoder()) ? SRGB : super.defaultColor(pixelFormat, container);
  }

  /** All frames of PNG are key frames, though FFmpeg's description of the codec does not say so. */
  @Override
  KeyFrameControl keyFrameControl() {
    return switch (encoder()) {
      case PNG -> KeyFrameControl.EXACT;
      case FFV1 -> KeyFrameControl.DISTANCE;
      default -> super.keyFrameControl();
    };
  }

  @Override
  boolean hasLowLatency() {
    return encoder().equals(FFV1);
  }

  @Override
  void setLossless(OptionSetter setter) {
    // nothing to set
  }
}
