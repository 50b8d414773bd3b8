package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;

import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.List;

/** Vizrt's textures, which FFmpeg compresses by default, but checks only at the first frame. */
final class Vbn extends EncoderProfile {
  private Vbn() {
    super("vbn");
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Vbn());
  }

  @Override
  public void check(VideoOptions options, int pixelFormat) {
    boolean raw = "raw".equals(options.options().get("format"));
    if (!raw && pixelFormat != AV_PIX_FMT_RGBA) {
      throw new IllegalArgumentException(
          "vbn compresses rgba only, not "
              + PixelFormat.name(pixelFormat)
              + ": set pixelFormat(\"rgba\"), or option(\"format\", \"raw\")");
    }
  }
}
