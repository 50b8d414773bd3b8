package io.reelmux.ffmpeg.internal.codec;

import java.util.stream.Stream;

/** The encoders of which something is known. */
public final class KnownEncoders {
  private KnownEncoders() {}

  /** Returns FFmpeg's names of them. */
  public static Stream<String> names() {
    return Stream.concat(
        EncoderProfiles.all().stream().map(EncoderProfile::encoder),
        Stream.of(AudioProfile.MP3, AudioProfile.OPUS));
  }
}
