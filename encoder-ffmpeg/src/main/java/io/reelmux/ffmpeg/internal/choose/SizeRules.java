package io.reelmux.ffmpeg.internal.choose;

import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Which picture sizes an encoder can take: those that it would crop, or never finish, are refused.
 */
public final class SizeRules {

  /** Up to 48 wide libx265 writes past its own memory; a coding block of 64 is safe. */
  private static final int X265_WIDTH = 64;

  /** Made for one size; tells so only when the first picture comes. */
  private static final Map<String, Integer> ONLY_SIDE = Map.of("xface", 48);

  private SizeRules() {}

  /**
   * Checks a size.
   *
   * @param onDevice whether pictures may come in the memory of a device, where none is scaled
   * @throws IllegalArgumentException with the ways out
   */
  public static void check(
      String encoder, int pixelFormat, int width, int height, boolean onDevice) {
    int least = EncoderRules.of(encoder).leastSide();
    int leastWidth = encoder.equals("libx265") ? X265_WIDTH : least;
    if (width < leastWidth || height < least) {
      throw new IllegalArgumentException(
          "%s takes pictures of %dx%d and more, not %dx%d: scale with outputSize, or use another codec"
              .formatted(encoder, leastWidth, least, width, height));
    }
    int only = ONLY_SIDE.getOrDefault(encoder, width);
    if (width != only || height != ONLY_SIDE.getOrDefault(encoder, height)) {
      throw new IllegalArgumentException(
          "%s takes pictures of %dx%d only, not %dx%d: scale with outputSize, or use another codec"
              .formatted(encoder, only, only, width, height));
    }
    AVPixFmtDescriptor descriptor = PixelFormats.descriptor(pixelFormat);
    boolean oddWidth = width % (1 << descriptor.log2_chroma_w()) != 0;
    boolean oddHeight = height % (1 << descriptor.log2_chroma_h()) != 0;
    if (oddWidth || oddHeight) {
      throw new IllegalArgumentException(
          "%dx%d is odd, and %s shares colours between pixels: %s"
              .formatted(
                  width, height, PixelFormats.name(pixelFormat), waysOut(width, height, onDevice)));
    }
  }

  private static String waysOut(int width, int height, boolean onDevice) {
    String scale = "scale with outputSize(%d, %d)".formatted(even(width), even(height));
    return onDevice
        ? scale
            + ", which takes pictures in the host's memory, or crop or pad pictures in the device's"
            + " memory to an even size"
        : scale + ", or set pixelFormat(\"yuv444p\") where the encoder takes it";
  }

  private static int even(int side) {
    return side + (side & 1);
  }
}
