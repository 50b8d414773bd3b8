package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;

/** Samples in the formats of {@code javax.sound}, converted without loss where it must be. */
final class JavaSound {
  private static final int MULAW_BIAS = 33;
  private static final String BITS = "it is not PCM of 8, 16, 24, 32 or, for float, 32 or 64 bits";

  private JavaSound() {}

  static AudioSamples samples(AudioFormat format, byte[] bytes) {
    int channels = Checks.inRange("channels", format.getChannels(), 1, AudioOptions.MAX_CHANNELS);
    int bits = format.getSampleSizeInBits();
    if (format.getFrameSize() != channels * bits / Byte.SIZE) {
      throw unsupported(format, "a frame has unused bytes");
    }
    Encoding encoding = format.getEncoding();
    if (encoding.equals(Encoding.ULAW) || encoding.equals(Encoding.ALAW)) {
      return AudioSamples.of(
          SampleLayout.S16_INTERLEAVED, channels, expanded(encoding.equals(Encoding.ULAW), bytes));
    }
    ByteOrder order = format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean unsigned = encoding.equals(Encoding.PCM_UNSIGNED);
    // eight bits are unsigned in SampleLayout, more are signed
    boolean flip = bits == Byte.SIZE ? encoding.equals(Encoding.PCM_SIGNED) : unsigned;
    byte[] values = flip ? flipped(bytes, bits / Byte.SIZE, order) : bytes;
    return AudioSamples.of(layout(format), channels, ByteBuffer.wrap(values).order(order));
  }

  private static SampleLayout layout(AudioFormat format) {
    int bits = format.getSampleSizeInBits();
    Encoding encoding = format.getEncoding();
    if (encoding.equals(Encoding.PCM_SIGNED) || encoding.equals(Encoding.PCM_UNSIGNED)) {
      return switch (bits) {
        case 8 -> SampleLayout.U8_INTERLEAVED;
        case 16 -> SampleLayout.S16_INTERLEAVED;
        case 24 -> SampleLayout.S24_INTERLEAVED;
        case 32 -> SampleLayout.S32_INTERLEAVED;
        default -> throw unsupported(format, BITS);
      };
    } else if (encoding.equals(Encoding.PCM_FLOAT) && bits == Float.SIZE) {
      return SampleLayout.FLOAT_INTERLEAVED;
    } else if (encoding.equals(Encoding.PCM_FLOAT) && bits == Double.SIZE) {
      return SampleLayout.DOUBLE_INTERLEAVED;
    }
    throw unsupported(format, BITS);
  }

  private static IllegalArgumentException unsupported(AudioFormat format, String reason) {
    return new IllegalArgumentException(
        "format '"
            + format
            + "' is not supported: "
            + reason
            + "; AudioSystem.getAudioInputStream converts formats");
  }

  /** Returns a copy with the highest bit of each value inverted. */
  private static byte[] flipped(byte[] bytes, int size, ByteOrder order) {
    byte[] copy = bytes.clone();
    int first = order == ByteOrder.BIG_ENDIAN ? 0 : size - 1;
    for (int i = first; i < copy.length; i += size) {
      copy[i] ^= (byte) 0x80;
    }
    return copy;
  }

  private static ShortBuffer expanded(boolean ulaw, byte[] bytes) {
    ShortBuffer values = ShortBuffer.allocate(bytes.length);
    for (byte code : bytes) {
      values.put((short) (ulaw ? ulaw(code) : alaw(code)));
    }
    return values.flip();
  }

  /** ITU-T G.711, mu-law. */
  private static int ulaw(byte code) {
    int bits = ~code & 0xFF;
    int magnitude = (((((bits & 0x0F) << 1) + MULAW_BIAS) << ((bits >> 4) & 7)) - MULAW_BIAS) << 2;
    return bits < 0x80 ? magnitude : -magnitude;
  }

  /** ITU-T G.711, A-law. */
  private static int alaw(byte code) {
    int bits = (code & 0xFF) ^ 0x55;
    int exponent = (bits >> 4) & 7;
    int mantissa = ((bits & 0x0F) << 4) + 8;
    int magnitude = exponent == 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
    return bits >= 0x80 ? magnitude : -magnitude;
  }
}
