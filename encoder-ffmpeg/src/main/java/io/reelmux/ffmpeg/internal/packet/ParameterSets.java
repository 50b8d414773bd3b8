package io.reelmux.ffmpeg.internal.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The global header of H.264 or HEVC: the parameter sets, in Annex B or in a record of ISO/IEC
 * 14496-15 ({@code avcC}, {@code hvcC}).
 *
 * @param hevc HEVC instead of H.264
 * @param units VPS, SPS and PPS in their order; empty if there is no header
 * @param lengthSize bytes of the lengths before NAL units; 0 if the header is in Annex B
 */
record ParameterSets(boolean hevc, List<byte[]> units, int lengthSize) {
  private static final int H264_SPS = 7;
  private static final int H264_PPS = 8;
  private static final int HEVC_VPS = 32;
  private static final int HEVC_SPS = 33;
  private static final int HEVC_PPS = 34;

  ParameterSets {
    units = List.copyOf(units);
  }

  static boolean areUsedBy(String codec) {
    return codec.equals("h264") || codec.equals("hevc");
  }

  /**
   * Reads extradata.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  static ParameterSets of(String codec, byte[] extradata) {
    boolean hevc = codec.equals("hevc");
    if (extradata.length == 0) {
      return new ParameterSets(hevc, List.of(), 0);
    }
    if (extradata[0] == 1) {
      return hevc ? ofHvcc(new RecordReader(codec, extradata)) : ofAvcc(extradata);
    }
    List<byte[]> all =
        NalUnits.ofAnnexB(extradata).orElseThrow(() -> RecordReader.damaged(codec, extradata));
    ParameterSets sets = new ParameterSets(hevc, select(hevc, all), 0);
    if (!sets.hasSps()) {
      throw RecordReader.damaged(codec, extradata);
    }
    return sets;
  }

  /** Reads extradata; empty if some encoder has written no header, or one of its own. */
  static Optional<ParameterSets> find(String codec, byte[] extradata) {
    try {
      return Optional.of(of(codec, extradata)).filter(ParameterSets::hasSps);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Finds the parameter sets in a packet in Annex B; without units if it has none. */
  static ParameterSets inPacket(String codec, byte[] packet) {
    boolean hevc = codec.equals("hevc");
    List<byte[]> units =
        NalUnits.ofAnnexB(packet).or(() -> NalUnits.ofLengths(packet, 4)).orElse(List.of());
    List<byte[]> sets = select(hevc, units);
    ParameterSets found = new ParameterSets(hevc, sets, 0);
    return found.hasSps() ? found : new ParameterSets(hevc, List.of(), 0);
  }

  private static ParameterSets ofAvcc(byte[] extradata) {
    RecordReader reader = new RecordReader("h264", extradata);
    reader.skip(4);
    int lengthSize = (reader.next() & 3) + 1;
    List<byte[]> units = new ArrayList<>();
    reader.units(reader.next() & 31, units);
    reader.units(reader.next(), units);
    return checked(new ParameterSets(/* hevc= */ false, units, lengthSize), reader);
  }

  private static ParameterSets ofHvcc(RecordReader reader) {
    reader.skip(21);
    int lengthSize = (reader.next() & 3) + 1;
    List<byte[]> units = new ArrayList<>();
    for (int arrays = reader.next(); arrays > 0; arrays--) {
      reader.skip(1);
      reader.units(reader.nextShort(), units);
    }
    return checked(new ParameterSets(/* hevc= */ true, select(true, units), lengthSize), reader);
  }

  private static ParameterSets checked(ParameterSets sets, RecordReader reader) {
    if (!sets.hasSps() || sets.lengthSize == 3) {
      throw reader.damaged();
    }
    return sets;
  }

  private static List<byte[]> select(boolean hevc, List<byte[]> units) {
    return units.stream().filter(unit -> isParameterSet(hevc, unit)).toList();
  }

  private static boolean isParameterSet(boolean hevc, byte[] unit) {
    int type = type(hevc, unit);
    return hevc
        ? type == HEVC_VPS || type == HEVC_SPS || type == HEVC_PPS
        : type == H264_SPS || type == H264_PPS;
  }

  private static int type(boolean hevc, byte[] unit) {
    return hevc ? (unit[0] >> 1) & 63 : unit[0] & 31;
  }

  /** Whether there is a sequence parameter set, of a length that has a profile and a level. */
  boolean hasSps() {
    return hasSps(units);
  }

  /** Whether these NAL units contain a sequence parameter set. */
  boolean hasSps(List<byte[]> others) {
    int minLength = hevc ? 15 : 4;
    return others.stream()
        .anyMatch(
            unit -> unit.length >= minLength && type(hevc, unit) == (hevc ? HEVC_SPS : H264_SPS));
  }

  /** The first sequence parameter set. */
  byte[] sps() {
    return units.stream()
        .filter(unit -> hasSps(List.of(unit)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sequence parameter set"));
  }

  byte[] toAnnexB() {
    return NalUnits.toAnnexB(units);
  }
}
