package io.reelmux.ffmpeg.internal.packet;

import java.util.Arrays;

/** The header that AAC packets have where no container stores one (ISO/IEC 14496-3, 1.A.3.2). */
final class Adts {
  private static final int HEADER = 7;
  private static final int HEADER_WITH_CRC = 9;

  private Adts() {}

  /** Whether a packet begins with a header that states the packet's size. */
  static boolean startsWithHeader(byte[] packet) {
    return packet.length > HEADER
        && (packet[0] & 0xff) == 0xff
        && (packet[1] & 0xf6) == 0xf0
        && new BitReader(packet, 0).read(30 + 13) % (1 << 13) == packet.length;
  }

  /**
   * Returns the AudioSpecificConfig that a header implies.
   *
   * @throws IllegalArgumentException if the channels are described inside the payload
   */
  static byte[] config(byte[] packet) {
    BitReader bits = new BitReader(packet, 2);
    long type = bits.read(2) + 1;
    long rate = bits.read(4);
    bits.read(1);
    long channels = bits.read(3);
    if (channels == 0) {
      throw new IllegalArgumentException(
          "the ADTS header of firstPacket does not state the channels: set the extradata");
    }
    long config = (type << 11) | (rate << 7) | (channels << 3);
    return new byte[] {(byte) (config >> 8), (byte) config};
  }

  /**
   * Removes the header.
   *
   * @throws IllegalArgumentException if several AAC frames follow it
   */
  static byte[] strip(byte[] packet) {
    if ((packet[6] & 3) != 0) {
      throw new IllegalArgumentException(
          "a packet has an ADTS header for "
              + ((packet[6] & 3) + 1)
              + " AAC frames: split it into packets of one frame");
    }
    int length = (packet[1] & 1) == 0 ? HEADER_WITH_CRC : HEADER;
    if (packet.length <= length) {
      throw new IllegalArgumentException("a packet has an ADTS header and nothing else");
    }
    return Arrays.copyOfRange(packet, length, packet.length);
  }
}
