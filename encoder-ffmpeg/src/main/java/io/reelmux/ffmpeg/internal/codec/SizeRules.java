package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Checks frame sizes: refuses those that an encoder would crop, or with which it would never
 * finish.
 */
public final class SizeRules {

  /** Up to a width of 48, libx265 writes past its own memory; a coding block of 64 is safe. */
  private static final int X265_WIDTH = 64;

  /** Encoders for one size, which they check only at the first frame. */
  private static final Map<String, Integer> ONLY_SIDE = Map.of("xface", 48);

  private SizeRules() {}

  /**
   * Checks a size.
   *
   * @param onDevice whether frames may be in device memory, where they are not scaled
   * @throws IllegalArgumentException with the alternatives
   */
  public static void check(
      String encoder, int pixelFormat, int width, int height, boolean onDevice) {
    int min = EncoderRules.of(encoder).minSide();
    int minWidth = encoder.equals("libx265") ? X265_WIDTH : min;
    if (width < minWidth || height < min) {
      throw new IllegalArgumentException(
          "%s requires at least %dx%d, got %dx%d: scale with outputSize, or use another codec"
              .formatted(encoder, minWidth, min, width, height));
    }
    int only = ONLY_SIDE.getOrDefault(encoder, width);
    if (width != only || height != ONLY_SIDE.getOrDefault(encoder, height)) {
      throw new IllegalArgumentException(
          "%s supports only %dx%d, got %dx%d: scale with outputSize, or use another codec"
              .formatted(encoder, only, only, width, height));
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(pixelFormat);
    boolean oddWidth = width % (1 << descriptor.log2_chroma_w()) != 0;
    boolean oddHeight = height % (1 << descriptor.log2_chroma_h()) != 0;
    if (oddWidth || oddHeight) {
      throw new IllegalArgumentException(
          "%s has subsampled chroma and needs even dimensions, not %dx%d: %s"
              .formatted(
                  PixelFormat.name(pixelFormat),
                  width,
                  height,
                  alternatives(width, height, onDevice)));
    }
  }

  private static String alternatives(int width, int height, boolean onDevice) {
    String scale = "scale with outputSize(%d, %d)".formatted(even(width), even(height));
    return onDevice
        ? scale
            + ", which accepts frames in host memory, or crop or pad frames in device memory to an even"
            + " size"
        : scale + ", or set pixelFormat(\"yuv444p\") if the encoder supports it";
  }

  private static int even(int side) {
    return side + (side & 1);
  }
}
