package io.reelmux.ffmpeg.internal.packet;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;

import io.reelmux.FrameRate;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/**
 * Names a codec and its profile as RFC 6381 and the codec's own mapping to ISO media files define
 * it.
 */
final class CodecString {

  /** Highest luma samples per second and per frame of each level of VP9. */
  private static final long[][] VP9_LEVELS = {
    {10, 829_440, 36_864},
    {11, 2_764_800, 73_728},
    {20, 4_608_000, 122_880},
    {21, 9_216_000, 245_760},
    {30, 20_736_000, 552_960},
    {31, 36_864_000, 983_040},
    {40, 83_558_400, 2_228_224},
    {41, 160_432_128, 2_228_224},
    {50, 311_951_360, 8_912_896},
    {51, 588_251_136, 8_912_896},
    {52, 1_176_502_272, 8_912_896},
    {60, 1_176_502_272, 35_651_584},
    {61, 2_353_004_544L, 35_651_584},
    {62, 4_706_009_088L, 35_651_584}
  };

  private CodecString() {}

  /** The name; empty if the codec has none, or its profile is not known. */
  static Optional<String> of(StreamParameters stream, Optional<FrameRate> rate) {
    byte[] extradata = stream.extradata();
    return switch (stream.codecName()) {
      case "h264" -> ParameterSets.find("h264", extradata).map(sets -> avc(sets.sps()));
      case "hevc" -> ParameterSets.find("hevc", extradata).map(sets -> hevc(sets.sps()));
      case "av1" -> Av1Sequence.in(extradata).flatMap(header -> av1(header, stream));
      case "vp9" -> vp9(stream, rate);
      case "vp8" -> Optional.of("vp8");
      case "aac" -> aac(extradata);
      case "mp3" -> Optional.of("mp4a.6B");
      case "opus" -> Optional.of("opus");
      case "vorbis" -> Optional.of("vorbis");
      case "flac" -> Optional.of("fLaC");
      case "alac" -> Optional.of("alac");
      case "ac3" -> Optional.of("ac-3");
      case "eac3" -> Optional.of("ec-3");
      default -> Optional.empty();
    };
  }

  private static String avc(byte[] sps) {
    return "avc1." + hex(sps[1]) + hex(sps[2]) + hex(sps[3]);
  }

  private static String hex(int octet) {
    return String.format(Locale.ROOT, "%02x", octet & 0xff);
  }

  /** ISO/IEC 14496-15, annex E.3. */
  private static String hevc(byte[] sps) {
    byte[] raw = unescape(sps);
    BitReader bits = new BitReader(raw, 3);
    long space = bits.read(2);
    boolean high = bits.readFlag();
    long profile = bits.read(5);
    int compatibility = Integer.reverse((int) bits.read(32));
    StringBuilder text = new StringBuilder("hvc1.");
    text.append(space == 0 ? "" : String.valueOf((char) ('A' + space - 1)));
    text.append(profile).append('.');
    text.append(Integer.toHexString(compatibility).toUpperCase(Locale.ROOT)).append('.');
    long constraints = bits.read(48);
    text.append(high ? 'H' : 'L').append(bits.read(8));
    while (constraints != 0) {
      text.append('.').append(hex((int) (constraints >> 40)).toUpperCase(Locale.ROOT));
      constraints = (constraints << 8) & 0xffff_ffff_ffffL;
    }
    return text.toString();
  }

  /** Removes the bytes that keep start codes out of a NAL unit. */
  private static byte[] unescape(byte[] unit) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    int zeros = 0;
    for (byte octet : unit) {
      if (zeros >= 2 && octet == 3) {
        zeros = 0;
        continue;
      }
      zeros = octet == 0 ? zeros + 1 : 0;
      raw.write(octet);
    }
    return raw.toByteArray();
  }

  private static Optional<String> av1(Av1Sequence header, StreamParameters stream) {
    return depth(stream)
        .map(
            depth ->
                String.format(
                    Locale.ROOT,
                    "av01.%d.%02d%s.%02d",
                    header.profile(),
                    header.level(),
                    header.highTier() ? "H" : "M",
                    depth));
  }

  private static Optional<String> vp9(StreamParameters stream, Optional<FrameRate> rate) {
    AVCodecParameters struct = stream.struct();
    long perFrame = (long) struct.width() * struct.height();
    double perSecond = perFrame * rate.map(FrameRate::toDouble).orElse(0.0);
    for (long[] level : VP9_LEVELS) {
      if (perSecond <= level[1] && perFrame <= level[2]) {
        return depth(stream)
            .map(
                depth ->
                    String.format(
                        Locale.ROOT,
                        "vp09.%02d.%02d.%02d",
                        Math.max(0, struct.profile()),
                        level[0],
                        depth));
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> depth(StreamParameters stream) {
    int format = stream.struct().format();
    return format == AV_PIX_FMT_NONE
        ? Optional.empty()
        : Optional.of(PixelFormat.descriptor(format).comp(0).depth());
  }

  /** The audio object type, from AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
  private static Optional<String> aac(byte[] extradata) {
    if (extradata.length < 2) {
      return Optional.empty();
    }
    BitReader bits = new BitReader(extradata, 0);
    long type = bits.read(5);
    return Optional.of("mp4a.40." + (type == 31 ? 32 + bits.read(6) : type));
  }
}
