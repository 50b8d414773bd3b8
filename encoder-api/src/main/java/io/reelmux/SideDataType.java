package io.reelmux;

/**
 * What a piece of side data of a {@link Packet} or of a stream holds. The names and the layouts of
 * the bytes are those of FFmpeg's {@code AV_PKT_DATA_} constants (libavcodec/packet.h).
 */
public enum SideDataType {
  /** The palette of an image, 256 colors of 4 bytes. */
  PALETTE,
  /** A new global header of the codec, which holds from this packet on. */
  NEW_EXTRADATA,
  /** A change of the sample rate or the size. */
  PARAM_CHANGE,
  /** The sizes of macroblock groups of H.263, for RTP. */
  H263_MB_INFO,
  /** Volume levels by which players equalize tracks. */
  REPLAYGAIN,
  /** The 3x3 matrix by which players rotate and flip. */
  DISPLAYMATRIX,
  /** The kind of stereoscopic video. */
  STEREO3D,
  /** The purpose of an audio stream. */
  AUDIO_SERVICE_TYPE,
  /** Statistics of the encoder: quality, frame type, errors. */
  QUALITY_STATS,
  /** The stream that players may use instead. */
  FALLBACK_TRACK,
  /** The buffer that a decoder needs: bit rates and sizes. */
  CPB_PROPERTIES,
  /** Samples to skip at the start and end of a packet. */
  SKIP_SAMPLES,
  /** Dual mono of Japanese broadcasts. */
  JP_DUALMONO,
  /** Key and value pairs, each ended by NUL. */
  STRINGS_METADATA,
  /** Where a subtitle is shown. */
  SUBTITLE_POSITION,
  /**
   * The additional data of a Matroska block, such as VP8's and VP9's alpha; an id of 8 bytes first.
   */
  MATROSKA_BLOCKADDITIONAL,
  /** The identifier of a WebVTT cue. */
  WEBVTT_IDENTIFIER,
  /** The settings of a WebVTT cue. */
  WEBVTT_SETTINGS,
  /** Changed tags of the stream. */
  METADATA_UPDATE,
  /** The stream identifier of MPEG-TS. */
  MPEGTS_STREAM_ID,
  /** The display on which HDR video was graded. */
  MASTERING_DISPLAY_METADATA,
  /** The layout of spherical video. */
  SPHERICAL,
  /** The brightness of HDR video. */
  CONTENT_LIGHT_LEVEL,
  /** Closed captions of ATSC A/53. */
  A53_CC,
  /** How a packet is encrypted. */
  ENCRYPTION_INIT_INFO,
  /** How a packet is encrypted. */
  ENCRYPTION_INFO,
  /** The active area of a frame. */
  AFD,
  /** The time of production. */
  PRFT,
  /** An ICC color profile. */
  ICC_PROFILE,
  /** The configuration of Dolby Vision. */
  DOVI_CONF,
  /** A timecode of SMPTE ST 12-1. */
  S12M_TIMECODE,
  /** Dynamic HDR10+ metadata. */
  DYNAMIC_HDR10_PLUS,
  /** IAMF mix gains. */
  IAMF_MIX_GAIN_PARAM,
  /** IAMF demixing. */
  IAMF_DEMIXING_INFO_PARAM,
  /** IAMF reconstruction gains. */
  IAMF_RECON_GAIN_INFO_PARAM,
  /** The light in which HDR video is to be watched. */
  AMBIENT_VIEWING_ENVIRONMENT,
  /** How many pixels of each side are not shown. */
  FRAME_CROPPING,
  /** LCEVC enhancement. */
  LCEVC,
  /** The displays for which 3D video was made. */
  THREE_D_REFERENCE_DISPLAYS,
  /** The last RTCP sender report. */
  RTCP_SR,
  /** EXIF tags. */
  EXIF
}
