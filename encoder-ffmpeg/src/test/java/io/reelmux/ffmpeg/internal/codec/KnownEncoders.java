package io.reelmux.ffmpeg.internal.codec;

import java.util.stream.Stream;

/** The encoders of which something is known. */
public final class KnownEncoders {
  private KnownEncoders() {}

  /** Returns FFmpeg's names of them. */
  public static Stream<String> names() {
    return Stream.of(
            EncoderProfiles.all().stream().map(EncoderProfile::encoder),
            AudioProfile.UNREPORTED.keySet().stream(),
            Stream.of(AudioProfile.MP3, AudioProfile.OPUS))
        .flatMap(names -> names);
  }
}
