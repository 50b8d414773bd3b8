package io.reelmux.spi;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A PNG or JPEG file that shows the cover of a recording. Immutable. */
public final class CoverImage {

  /** Formats that every container with covers supports. */
  public enum Format {
    /** PNG. */
    PNG("png", "image/png"),
    /** JPEG. */
    JPEG("jpg", "image/jpeg");

    private final String extension;
    private final String mimeType;

    Format(String extension, String mimeType) {
      this.extension = extension;
      this.mimeType = mimeType;
    }

    /** {@return the usual extension of a file, without a dot} */
    public String extension() {
      return extension;
    }

    /** {@return the MIME type} */
    public String mimeType() {
      return mimeType;
    }
  }

  /** PNG (Third Edition), 5.2: the signature, then the length and type of the first chunk. */
  private static final byte[] PNG_START = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
  };

  private static final int MAX_BYTES = 16 << 20;

  private final Format format;
  private final int width;
  private final int height;
  private final byte[] data;

  private CoverImage(Format format, int width, int height, byte[] data) {
    this.format = format;
    this.width = width;
    this.height = height;
    this.data = data;
  }

  /**
   * Recognizes an image by its header, and copies it.
   *
   * @param file the bytes of a PNG or JPEG file
   * @return the image
   * @throws IllegalArgumentException if it is neither, is truncated or exceeds 16 MiB
   */
  public static CoverImage of(byte[] file) {
    if (file.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "cover of " + file.length + " bytes: at most " + MAX_BYTES + " bytes");
    }
    byte[] copy = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(copy);
    if (startsWith(file, PNG_START) && file.length >= 24) {
      return sized(Format.PNG, bytes.getInt(16), bytes.getInt(20), copy);
    }
    if (file.length > 2 && bytes.getShort(0) == (short) 0xFFD8) {
      return jpeg(bytes, copy);
    }
    throw new IllegalArgumentException(
        "cover of " + file.length + " bytes is neither a PNG nor a JPEG file");
  }

  private static boolean startsWith(byte[] file, byte[] start) {
    return file.length >= start.length
        && Arrays.equals(file, 0, start.length, start, 0, start.length);
  }

  /** ITU-T T.81, annex B: segments up to the frame header, which states the size. */
  private static CoverImage jpeg(ByteBuffer bytes, byte[] file) {
    int position = 2;
    while (position + 9 <= bytes.limit()) {
      int marker = bytes.getShort(position) & 0xFFFF;
      if (marker == 0xFFFF) {
        // a fill byte
        position++;
        continue;
      }
      if (isFrameHeader(marker)) {
        int height = bytes.getShort(position + 5) & 0xFFFF;
        int width = bytes.getShort(position + 7) & 0xFFFF;
        return sized(Format.JPEG, width, height, file);
      }
      int length = bytes.getShort(position + 2) & 0xFFFF;
      if (marker < 0xFF01 || marker == 0xFFDA || length < 2) {
        break;
      }
      position += 2 + length;
    }
    throw new IllegalArgumentException(
        "cover of " + bytes.limit() + " bytes is a JPEG file without a frame header");
  }

  /** SOF0 to SOF15, without DHT, JPG and DAC, which lie between them. */
  private static boolean isFrameHeader(int marker) {
    return marker >= 0xFFC0
        && marker <= 0xFFCF
        && marker != 0xFFC4
        && marker != 0xFFC8
        && marker != 0xFFCC;
  }

  private static CoverImage sized(Format format, int width, int height, byte[] data) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "cover is a " + format + " file of " + width + "x" + height + " pixels");
    }
    return new CoverImage(format, width, height, data);
  }

  /** {@return the format of the file} */
  public Format format() {
    return format;
  }

  /** {@return the width in pixels} */
  public int width() {
    return width;
  }

  /** {@return the height in pixels} */
  public int height() {
    return height;
  }

  /** {@return a copy of the file} */
  public byte[] data() {
    return data.clone();
  }
}
