package io.reelmux.ffmpeg.internal.packet;

import io.reelmux.SideDataType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;

/** FFmpeg's numbers of the types of side data, and what may be fed in. */
final class SideDataTypes {
  private static final Map<SideDataType, Integer> NUMBERS = new EnumMap<>(SideDataType.class);
  private static final Map<Integer, SideDataType> TYPES = new HashMap<>();

  /**
   * Types whose bytes FFmpeg reads with all checks. The others are structs, some with offsets in
   * them, which it trusts.
   */
  private static final Set<SideDataType> BYTES =
      Set.of(
          SideDataType.NEW_EXTRADATA,
          SideDataType.SKIP_SAMPLES,
          SideDataType.MATROSKA_BLOCKADDITIONAL,
          SideDataType.WEBVTT_IDENTIFIER,
          SideDataType.WEBVTT_SETTINGS,
          SideDataType.A53_CC,
          SideDataType.QUALITY_STATS,
          SideDataType.ICC_PROFILE);

  /** Structs without pointers, by their exact size in this build. */
  private static final Map<SideDataType, Integer> STRUCTS = new EnumMap<>(SideDataType.class);

  static {
    put(SideDataType.PALETTE, avcodec.AV_PKT_DATA_PALETTE);
    put(SideDataType.NEW_EXTRADATA, avcodec.AV_PKT_DATA_NEW_EXTRADATA);
    put(SideDataType.PARAM_CHANGE, avcodec.AV_PKT_DATA_PARAM_CHANGE);
    put(SideDataType.H263_MB_INFO, avcodec.AV_PKT_DATA_H263_MB_INFO);
    put(SideDataType.REPLAYGAIN, avcodec.AV_PKT_DATA_REPLAYGAIN);
    put(SideDataType.DISPLAYMATRIX, avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    put(SideDataType.STEREO3D, avcodec.AV_PKT_DATA_STEREO3D);
    put(SideDataType.AUDIO_SERVICE_TYPE, avcodec.AV_PKT_DATA_AUDIO_SERVICE_TYPE);
    put(SideDataType.QUALITY_STATS, avcodec.AV_PKT_DATA_QUALITY_STATS);
    put(SideDataType.FALLBACK_TRACK, avcodec.AV_PKT_DATA_FALLBACK_TRACK);
    put(SideDataType.CPB_PROPERTIES, avcodec.AV_PKT_DATA_CPB_PROPERTIES);
    put(SideDataType.SKIP_SAMPLES, avcodec.AV_PKT_DATA_SKIP_SAMPLES);
    put(SideDataType.JP_DUALMONO, avcodec.AV_PKT_DATA_JP_DUALMONO);
    put(SideDataType.STRINGS_METADATA, avcodec.AV_PKT_DATA_STRINGS_METADATA);
    put(SideDataType.SUBTITLE_POSITION, avcodec.AV_PKT_DATA_SUBTITLE_POSITION);
    put(SideDataType.MATROSKA_BLOCKADDITIONAL, avcodec.AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL);
    put(SideDataType.WEBVTT_IDENTIFIER, avcodec.AV_PKT_DATA_WEBVTT_IDENTIFIER);
    put(SideDataType.WEBVTT_SETTINGS, avcodec.AV_PKT_DATA_WEBVTT_SETTINGS);
    put(SideDataType.METADATA_UPDATE, avcodec.AV_PKT_DATA_METADATA_UPDATE);
    put(SideDataType.MPEGTS_STREAM_ID, avcodec.AV_PKT_DATA_MPEGTS_STREAM_ID);
    put(SideDataType.MASTERING_DISPLAY_METADATA, avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
    put(SideDataType.SPHERICAL, avcodec.AV_PKT_DATA_SPHERICAL);
    put(SideDataType.CONTENT_LIGHT_LEVEL, avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL);
    put(SideDataType.A53_CC, avcodec.AV_PKT_DATA_A53_CC);
    put(SideDataType.ENCRYPTION_INIT_INFO, avcodec.AV_PKT_DATA_ENCRYPTION_INIT_INFO);
    put(SideDataType.ENCRYPTION_INFO, avcodec.AV_PKT_DATA_ENCRYPTION_INFO);
    put(SideDataType.AFD, avcodec.AV_PKT_DATA_AFD);
    put(SideDataType.PRFT, avcodec.AV_PKT_DATA_PRFT);
    put(SideDataType.ICC_PROFILE, avcodec.AV_PKT_DATA_ICC_PROFILE);
    put(SideDataType.DOVI_CONF, avcodec.AV_PKT_DATA_DOVI_CONF);
    put(SideDataType.S12M_TIMECODE, avcodec.AV_PKT_DATA_S12M_TIMECODE);
    put(SideDataType.DYNAMIC_HDR10_PLUS, avcodec.AV_PKT_DATA_DYNAMIC_HDR10_PLUS);
    put(SideDataType.IAMF_MIX_GAIN_PARAM, avcodec.AV_PKT_DATA_IAMF_MIX_GAIN_PARAM);
    put(SideDataType.IAMF_DEMIXING_INFO_PARAM, avcodec.AV_PKT_DATA_IAMF_DEMIXING_INFO_PARAM);
    put(SideDataType.IAMF_RECON_GAIN_INFO_PARAM, avcodec.AV_PKT_DATA_IAMF_RECON_GAIN_INFO_PARAM);
    put(SideDataType.AMBIENT_VIEWING_ENVIRONMENT, avcodec.AV_PKT_DATA_AMBIENT_VIEWING_ENVIRONMENT);
    put(SideDataType.FRAME_CROPPING, avcodec.AV_PKT_DATA_FRAME_CROPPING);
    put(SideDataType.LCEVC, avcodec.AV_PKT_DATA_LCEVC);
    put(SideDataType.THREE_D_REFERENCE_DISPLAYS, avcodec.AV_PKT_DATA_3D_REFERENCE_DISPLAYS);
    put(SideDataType.RTCP_SR, avcodec.AV_PKT_DATA_RTCP_SR);
    put(SideDataType.EXIF, avcodec.AV_PKT_DATA_EXIF);
    STRUCTS.put(SideDataType.PALETTE, 1024);
    STRUCTS.put(SideDataType.DISPLAYMATRIX, 36);
    STRUCTS.put(SideDataType.AUDIO_SERVICE_TYPE, 4);
    STRUCTS.put(SideDataType.CONTENT_LIGHT_LEVEL, 8);
    STRUCTS.put(SideDataType.MASTERING_DISPLAY_METADATA, 88);
    STRUCTS.put(SideDataType.CPB_PROPERTIES, 40);
    STRUCTS.put(SideDataType.PRFT, 24);
    STRUCTS.put(SideDataType.S12M_TIMECODE, 16);
    STRUCTS.put(SideDataType.AFD, 1);
  }

  private SideDataTypes() {}

  private static void put(SideDataType type, int number) {
    NUMBERS.put(type, number);
    TYPES.put(number, type);
  }

  /** FFmpeg's number of a type. */
  static int number(SideDataType type) {
    return Objects.requireNonNull(NUMBERS.get(type), "number");
  }

  /** The type with a number; empty for those that a later FFmpeg has added. */
  static Optional<SideDataType> type(int number) {
    return Optional.ofNullable(TYPES.get(number));
  }

  /**
   * Refuses what muxers would read beyond its end.
   *
   * @throws IllegalArgumentException with what is accepted
   */
  static void check(SideDataType type, int size) {
    Integer expected = STRUCTS.get(type);
    if (expected == null && !BYTES.contains(type)) {
      throw new IllegalArgumentException(
          "side data " + type + " cannot be fed in; these can: " + BYTES + ", " + STRUCTS.keySet());
    }
    if (expected != null && size != expected) {
      throw new IllegalArgumentException(
          "side data " + type + " has " + size + " bytes: must be " + expected);
    }
    int min = type == SideDataType.MATROSKA_BLOCKADDITIONAL ? 8 : 1;
    min = type == SideDataType.SKIP_SAMPLES ? 10 : min;
    if (size < min) {
      throw new IllegalArgumentException(
          "side data " + type + " has " + size + " bytes: must be at least " + min);
    }
  }
}
