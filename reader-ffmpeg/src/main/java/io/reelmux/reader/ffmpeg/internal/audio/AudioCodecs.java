package io.reelmux.reader.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC_LATM;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_IMA_QT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ALAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_EAC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP2;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_AAC_HE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_AAC_HE_V2;

/** All that is known of audio codecs: how they start, and how long their packets last. */
final class AudioCodecs {

  /** Packets after which the state of any codec no longer depends on those before. */
  private static final int LONG_PREROLL = 32;

  private AudioCodecs() {}

  /** The number of packets that must be decoded before one to get the samples of that one. */
  static int preroll(int codec, int profile) {
    if (isPcm(codec)) {
      return 0;
    }
    return switch (codec) {
      case AV_CODEC_ID_FLAC, AV_CODEC_ID_ALAC -> 0;
      case AV_CODEC_ID_VORBIS, AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3 -> 1;
      // headers of spectral band replication are not in every packet
      case AV_CODEC_ID_AAC, AV_CODEC_ID_AAC_LATM ->
          profile == AV_PROFILE_AAC_HE || profile == AV_PROFILE_AAC_HE_V2 ? LONG_PREROLL : 1;
      case AV_CODEC_ID_MP1, AV_CODEC_ID_MP2 -> 2;
      // the bit reservoir, and the overlap
      case AV_CODEC_ID_MP3 -> 4;
      default -> LONG_PREROLL;
    };
  }

  private static boolean isPcm(int codec) {
    return codec >= AV_CODEC_ID_PCM_S16LE && codec < AV_CODEC_ID_ADPCM_IMA_QT;
  }

  /** Whether the size of a packet, or the codec alone, tells how many samples it has. */
  static boolean isConstant(int codec) {
    return isPcm(codec)
        || switch (codec) {
          case AV_CODEC_ID_AAC,
              AV_CODEC_ID_AAC_LATM,
              AV_CODEC_ID_AC3,
              AV_CODEC_ID_EAC3,
              AV_CODEC_ID_MP1,
              AV_CODEC_ID_MP2,
              AV_CODEC_ID_MP3 ->
              true;
          default -> false;
        };
  }

  /** Whether every encoder inserts samples at the start, so that a file should tell how many. */
  static boolean hasPriming(int codec) {
    return switch (codec) {
      case AV_CODEC_ID_AAC,
          AV_CODEC_ID_AAC_LATM,
          AV_CODEC_ID_AC3,
          AV_CODEC_ID_EAC3,
          AV_CODEC_ID_MP1,
          AV_CODEC_ID_MP2,
          AV_CODEC_ID_MP3 ->
          true;
      default -> false;
    };
  }
}
