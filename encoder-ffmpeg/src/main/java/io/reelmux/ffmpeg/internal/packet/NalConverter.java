package io.reelmux.ffmpeg.internal.packet;

import io.reelmux.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the packets of an H.264 or HEVC stream into the form that a container stores: that of its
 * header, or else Annex B with the parameter sets at each key frame.
 *
 * <p>Note [two forms of NAL units]. The first bytes of a packet do not tell its form: a length of
 * 256 to 511 looks like a start code. FFmpeg's muxers guess by them. So the form that the extradata
 * announces is tried first, and a packet is in the other one only if it cannot be in this one.
 */
final class NalConverter {
  private final String codec;
  private final ParameterSets sets;

  /** Bytes of the lengths in the output; 0 for Annex B. */
  private final int lengthSize;

  /** Whether parameter sets must be in the packets. */
  private final boolean inBand;

  private boolean first = true;

  /**
   * A converter for one stream.
   *
   * @param globalHeader whether the container stores the extradata in its header
   */
  NalConverter(String codec, byte[] extradata, boolean globalHeader) {
    this.codec = codec;
    this.sets = ParameterSets.of(codec, extradata);
    this.inBand = !globalHeader;
    this.lengthSize = globalHeader ? sets.lengthSize() : 0;
  }

  /** The extradata in the form of the output. */
  byte[] extradata(byte[] given) {
    return inBand && sets.lengthSize() > 0 ? sets.toAnnexB() : given;
  }

  /**
   * Converts the payload of a packet.
   *
   * @throws IllegalArgumentException if it is damaged, or is the first and has no parameter sets
   */
  byte[] convert(Packet packet) {
    byte[] data = packet.toByteArray();
    int declared = sets.lengthSize();
    Optional<List<byte[]>> annexB = NalUnits.ofAnnexB(data);
    Optional<List<byte[]>> prefixed = NalUnits.ofLengths(data, declared == 0 ? 4 : declared);
    List<byte[]> units =
        (declared == 0 ? annexB.or(() -> prefixed) : prefixed.or(() -> annexB))
            .orElseThrow(() -> damaged(data.length));
    boolean isAnnexB = declared == 0 ? annexB.isPresent() : prefixed.isEmpty();
    boolean addsSets = inBand && packet.keyFrame() && !sets.hasSps(units);
    if (addsSets && first && sets.units().isEmpty()) {
      throw new IllegalArgumentException(
          "the first packet has no parameter sets, and PacketStreamInfo has no extradata with them");
    }
    if (!addsSets && isAnnexB == (lengthSize == 0)) {
      return data;
    }
    List<byte[]> all = new ArrayList<>(addsSets ? sets.units() : List.of());
    all.addAll(units);
    return lengthSize == 0 ? NalUnits.toAnnexB(all) : NalUnits.toLengths(all, lengthSize);
  }

  private IllegalArgumentException damaged(int size) {
    return new IllegalArgumentException(
        "a packet of "
            + size
            + " bytes holds no "
            + codec
            + " NAL units: it neither begins with a start code, nor do the lengths before the units"
            + " add up to its size");
  }

  /** The packet that was converted last has been written. */
  void written() {
    first = false;
  }
}
