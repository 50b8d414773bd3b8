package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_CENTER;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_LEFT;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Chooses the colors of a stream. */
public final class ColorRules {

  /** Encoders that write the matrix into the stream itself. */
  private static final Set<String> TAGGING =
      Set.of(
          "libx264",
          "libx264rgb",
          "libx265",
          "libopenh264",
          "libsvtav1",
          "libaom-av1",
          "libvpx-vp9",
          "mpeg2video",
          "prores",
          "prores_aw",
          "prores_ks",
          "h264_nvenc",
          "hevc_nvenc",
          "av1_nvenc");

  /** Encoders whose decoders read every value as full range, gray included. */
  private static final Set<String> FULL_RANGE_ALWAYS = Set.of("png", "apng");

  /** The colors of RGB input, which RGB output keeps. */
  private static final ColorSpec SRGB =
      new ColorSpec(
          ColorSpec.Matrix.BT709,
          ColorSpec.Range.FULL,
          ColorSpec.Primaries.BT709,
          ColorSpec.Transfer.SRGB);

  /** Encoders whose standards place chroma samples in the center between pixels. */
  private static final Set<String> CENTERED = Set.of("mjpeg", "mpeg1video");

  private ColorRules() {}

  /**
   * Returns the requested colors; otherwise BT.709 limited range if the stream or the container
   * carries them, and what decoders assume if neither does. RGB formats keep the colors of RGB
   * input.
   */
  public static ColorSpec choose(
      Optional<ColorSpec> wanted, String encoder, int pixelFormat, @Nullable Container container) {
    return wanted.orElseGet(
        () -> {
          if (encoder.equals("mjpeg")) {
            return ColorSpec.BT601_FULL;
          }
          if (PixelFormat.isRgb(pixelFormat) || FULL_RANGE_ALWAYS.contains(encoder)) {
            return SRGB;
          }
          boolean tagged =
              TAGGING.contains(encoder)
                  || (container != null && container.carriesColor() && !encoder.equals("libvpx"));
          return tagged ? ColorSpec.BT709_LIMITED : ColorSpec.BT601_LIMITED;
        });
  }

  /** The position of chroma samples: left, but center for JPEG and MPEG-1. */
  public static int chromaLocation(int pixelFormat, String encoder) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(pixelFormat);
    if (!PixelFormat.isYuv(pixelFormat) || descriptor.log2_chroma_w() == 0) {
      return AVCHROMA_LOC_UNSPECIFIED;
    }
    return CENTERED.contains(encoder) ? AVCHROMA_LOC_CENTER : AVCHROMA_LOC_LEFT;
  }
}
