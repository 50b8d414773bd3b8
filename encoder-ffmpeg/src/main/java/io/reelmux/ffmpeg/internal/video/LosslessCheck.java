package io.reelmux.ffmpeg.internal.video;

import io.reelmux.AlphaMode;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.codec.ExactFormats;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link Quality#LOSSLESS} exact: refuses frames whose values the pixel format does not hold.
 * If the caller chose the format, or a device did, a note reports the conversion instead.
 */
final class LosslessCheck {
  private final AVCodec codec;
  private final FrameFormat format;
  private final Notes notes;
  private final boolean lossless;
  private final boolean chosen;
  private @Nullable PixelLayout checked;

  LosslessCheck(AVCodec codec, VideoOptions options, FrameFormat format, Notes notes) {
    this.codec = codec;
    this.format = format;
    this.notes = notes;
    this.lossless = options.quality().equals(Optional.of(Quality.LOSSLESS));
    this.chosen = options.pixelFormat().isPresent() || options.device().isCuda();
  }

  /**
   * Checks the layout of frames.
   *
   * @throws IllegalArgumentException with the pixel formats that hold it
   */
  void check(PixelLayout layout) {
    if (!lossless || layout == checked) {
      return;
    }
    if (!ExactFormats.holds(codec, format.pixelFormat(), format.color(), layout)) {
      report(layout);
    }
    checked = layout;
  }

  private void report(PixelLayout layout) {
    String name = PixelFormat.name(format.pixelFormat());
    String range = layout.isGray() ? " of the range " + format.color().range() : "";
    if (chosen) {
      notes.add(
          layout
              + " frames were converted to "
              + name
              + range
              + ", which does not hold them"
              + " exactly; only what follows is lossless");
      return;
    }
    throw new IllegalArgumentException(
        "quality LOSSLESS: "
            + name
            + range
            + ", the pixel format of this stream, does not hold "
            + layout
            + " frames exactly; "
            + ExactFormats.wayOut(codec, layout, format.alpha() == AlphaMode.KEEP)
            + "; or set pixelFormat(\""
            + name
            + "\") to encode the converted frames losslessly");
  }
}
