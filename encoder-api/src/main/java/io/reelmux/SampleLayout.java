package io.reelmux;

/**
 * The type and order of audio samples in memory. Interleaved: one value for each channel, then the
 * next sample. Planar: all values of the first channel, then all of the second. Values wider than a
 * byte are in the byte order of their buffer: that of a {@code ByteBuffer} is big-endian unless it
 * is set, that of a {@code byte[]} is little-endian ({@link AudioSamples}).
 */
public enum SampleLayout {
  /** Unsigned bytes, 128 is silence; interleaved. */
  U8_INTERLEAVED(Type.U8, false),
  /** Unsigned bytes, 128 is silence; planar. */
  U8_PLANAR(Type.U8, true),
  /** Signed 16-bit integers, interleaved. */
  S16_INTERLEAVED(Type.S16, false),
  /** Signed 16-bit integers, planar. */
  S16_PLANAR(Type.S16, true),
  /** Signed 24-bit integers of three bytes, interleaved. */
  S24_INTERLEAVED(Type.S24, false),
  /** Signed 24-bit integers of three bytes, planar. */
  S24_PLANAR(Type.S24, true),
  /** Signed 32-bit integers, interleaved. */
  S32_INTERLEAVED(Type.S32, false),
  /** Signed 32-bit integers, planar. */
  S32_PLANAR(Type.S32, true),
  /** 32-bit floats, full scale is -1 to 1, interleaved. */
  FLOAT_INTERLEAVED(Type.FLOAT, false),
  /** 32-bit floats, full scale is -1 to 1, planar: the (channels, n) tensor. */
  FLOAT_PLANAR(Type.FLOAT, true),
  /** 64-bit floats, full scale is -1 to 1, interleaved. */
  DOUBLE_INTERLEAVED(Type.DOUBLE, false),
  /** 64-bit floats, full scale is -1 to 1, planar. */
  DOUBLE_PLANAR(Type.DOUBLE, true);

  /** The type of one value. */
  public enum Type {
    /** Unsigned 8-bit integer. */
    U8(1),
    /** Signed 16-bit integer. */
    S16(2),
    /** Signed 24-bit integer, packed into three bytes. */
    S24(3),
    /** Signed 32-bit integer. */
    S32(4),
    /** 32-bit float. */
    FLOAT(4),
    /** 64-bit float. */
    DOUBLE(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /**
     * Returns the size of one value in bytes.
     *
     * @return 1, 2, 3, 4 or 8
     */
    public int bytes() {
      return bytes;
    }
  }

  private final Type type;
  private final boolean planar;

  SampleLayout(Type type, boolean planar) {
    this.type = type;
    this.planar = planar;
  }

  /**
   * Returns the type of the values.
   *
   * @return the type of one value
   */
  public Type type() {
    return type;
  }

  /**
   * Returns whether each channel has its own plane.
   *
   * @return true for the planar layouts
   */
  public boolean isPlanar() {
    return planar;
  }
}
