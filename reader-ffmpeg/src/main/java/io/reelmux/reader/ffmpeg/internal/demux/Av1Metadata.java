package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.HdrMetadata;
import io.reelmux.HdrMetadata.Chromaticity;
import io.reelmux.HdrMetadata.Primaries;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the HDR metadata of an AV1 temporal unit (AV1 bitstream specification, 5.8). The decoder of
 * this build, libaom, does not pass them on.
 */
final class Av1Metadata {
  private static final int METADATA_UNIT = 5;
  private static final int CONTENT_LIGHT = 1;
  private static final int MASTERING_DISPLAY = 2;

  private final ByteBuffer bytes;
  private @Nullable HdrMetadata display;
  private int maxContentLight;
  private int maxFrameAverage;

  private Av1Metadata(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Returns the metadata; empty if there is no mastering display, or the data are damaged. */
  static Optional<HdrMetadata> of(byte[] unit) {
    Av1Metadata metadata = new Av1Metadata(ByteBuffer.wrap(unit));
    try {
      while (metadata.bytes.hasRemaining()) {
        metadata.readUnit();
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // damaged, or numbers that no display has
      return Optional.empty();
    }
    HdrMetadata display = metadata.display;
    if (display == null || metadata.maxContentLight == 0) {
      return Optional.ofNullable(display);
    }
    return Optional.of(
        display.withContentLight(metadata.maxContentLight, metadata.maxFrameAverage));
  }

  private void readUnit() {
    int header = bytes.get();
    if ((header & 4) != 0) {
      // the layers that it belongs to
      bytes.get();
    }
    int size = (header & 2) != 0 ? number() : bytes.remaining();
    int end = Math.addExact(bytes.position(), size);
    if ((header >> 3 & 15) == METADATA_UNIT) {
      readMetadata();
    }
    bytes.position(end);
  }

  private void readMetadata() {
    int type = number();
    if (type == CONTENT_LIGHT) {
      maxContentLight = Short.toUnsignedInt(bytes.getShort());
      maxFrameAverage = Short.toUnsignedInt(bytes.getShort());
    } else if (type == MASTERING_DISPLAY) {
      Primaries primaries = new Primaries(color(), color(), color());
      Chromaticity white = color();
      double max = Integer.toUnsignedLong(bytes.getInt()) / 256.0;
      double min = Integer.toUnsignedLong(bytes.getInt()) / 16384.0;
      display = HdrMetadata.of(primaries, white, min, max);
    }
  }

  private Chromaticity color() {
    double x = Short.toUnsignedInt(bytes.getShort()) / 65536.0;
    return new Chromaticity(x, Short.toUnsignedInt(bytes.getShort()) / 65536.0);
  }

  /** Seven bits a byte, the lowest first. */
  private int number() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int next = bytes.get();
      value |= (next & 0x7FL) << (7 * i);
      if ((next & 0x80) == 0) {
        break;
      }
    }
    if (value > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return (int) value;
  }
}
