package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.ffmpeg.internal.container.Container;
import java.util.List;
import java.util.stream.Stream;

/** FFmpeg's ProRes encoders. */
final class ProRes extends EncoderProfile {

  private ProRes(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.of("prores", "prores_aw", "prores_ks").<EncoderProfile>map(ProRes::new).toList();
  }

  @Override
  boolean carriesColor(Container container) {
    return true;
  }
}
