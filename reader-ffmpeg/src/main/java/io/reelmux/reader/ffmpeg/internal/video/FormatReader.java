package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ColorSpec;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Tells what frames consist of; most are like the one before, which is then not looked up. */
final class FormatReader {
  private final ColorSpec color;
  private final boolean keepAlpha;
  private @Nullable Raw last;
  private @Nullable DecodedFormat format;

  /** What a frame says. */
  private record Raw(
      int format,
      int width,
      int height,
      int matrix,
      int range,
      int primaries,
      int transfer,
      int chroma) {

    static Raw of(AVFrame frame) {
      return new Raw(
          frame.format(),
          frame.width(),
          frame.height(),
          frame.colorspace(),
          frame.color_range(),
          frame.color_primaries(),
          frame.color_trc(),
          frame.chroma_location());
    }
  }

  FormatReader(ColorSpec color, boolean keepAlpha) {
    this.color = color;
    this.keepAlpha = keepAlpha;
  }

  /** Returns the format of a frame. */
  DecodedFormat of(AVFrame frame) {
    Raw raw = Raw.of(frame);
    DecodedFormat known = format;
    if (known == null || !raw.equals(last)) {
      Formats.requireReadable(raw.format());
      known = DecodedFormat.of(frame, color, keepAlpha);
      format = known;
      last = raw;
    }
    return known;
  }
}
