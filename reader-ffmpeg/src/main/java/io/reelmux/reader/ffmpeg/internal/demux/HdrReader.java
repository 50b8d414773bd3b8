package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.HdrMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads HDR metadata from the side data of a stream, in FFmpeg's layout of its structs. */
final class HdrReader {
  private static final int RATIONAL = 2 * Integer.BYTES;

  /** AVMasteringDisplayMetadata: ten fractions, then two flags. */
  private static final int DISPLAY_BYTES = 10 * RATIONAL + 2 * Integer.BYTES;

  private static final int LIGHT_BYTES = 2 * Integer.BYTES;

  private HdrReader() {}

  static Optional<HdrMetadata> of(byte @Nullable [] display, byte @Nullable [] light) {
    if (display == null || display.length < DISPLAY_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(display).order(ByteOrder.nativeOrder());
    boolean complete =
        bytes.getInt(10 * RATIONAL) != 0 && bytes.getInt(10 * RATIONAL + Integer.BYTES) != 0;
    if (!complete) {
      return Optional.empty();
    }
    try {
      HdrMetadata metadata =
          HdrMetadata.of(
              new HdrMetadata.Primaries(point(bytes, 0), point(bytes, 2), point(bytes, 4)),
              point(bytes, 6),
              fraction(bytes, 8),
              fraction(bytes, 9));
      return Optional.of(withLight(metadata, light));
    } catch (IllegalArgumentException e) {
      // numbers that no display has
      return Optional.empty();
    }
  }

  private static HdrMetadata withLight(HdrMetadata metadata, byte @Nullable [] light) {
    if (light == null || light.length < LIGHT_BYTES) {
      return metadata;
    }
    ByteBuffer bytes = ByteBuffer.wrap(light).order(ByteOrder.nativeOrder());
    int max = bytes.getInt(0);
    int average = bytes.getInt(Integer.BYTES);
    return max > 0 ? metadata.withContentLight(max, average) : metadata;
  }

  private static HdrMetadata.Chromaticity point(ByteBuffer bytes, int index) {
    return new HdrMetadata.Chromaticity(fraction(bytes, index), fraction(bytes, index + 1));
  }

  private static double fraction(ByteBuffer bytes, int index) {
    int denominator = bytes.getInt(index * RATIONAL + Integer.BYTES);
    return denominator == 0 ? 0 : (double) bytes.getInt(index * RATIONAL) / denominator;
  }
}
