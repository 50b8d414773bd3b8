package io.reelmux.ffmpeg.internal.codec;

import java.util.List;

/** X-Face: portraits for e-mail, all of one size. */
final class XFace extends EncoderProfile {
  private static final int SIDE = 48;

  private XFace() {
    super("xface");
  }

  static List<EncoderProfile> profiles() {
    return List.of(new XFace());
  }

  @Override
  int onlySide(int side) {
    return SIDE;
  }
}
