package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_find_decoder;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_find_decoder_by_name;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_get_hw_config;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_HARDWARE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;

import io.reelmux.AudioOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.reader.ffmpeg.internal.av.Dictionary;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** All that is known of decoders: which one decodes a stream. */
public final class Decoders {

  private Decoders() {}

  /** Returns the decoder for a stream; empty if this build has none. */
  public static Optional<AVCodec> find(AVStream stream) {
    int id = stream.codecpar().codec_id();
    for (String name : preferred(id, hasAlpha(stream))) {
      Optional<AVCodec> found = present(avcodec_find_decoder_by_name(name));
      if (found.isPresent()) {
        return found;
      }
    }
    return present(avcodec_find_decoder(id));
  }

  /**
   * Returns the decoder for a stream that decodes on CUDA devices: one of FFmpeg's own.
   *
   * @return empty if this build has none
   */
  public static Optional<AVCodec> findOnDevice(AVStream stream) {
    int id = stream.codecpar().codec_id();
    // the first decoder of AV1 may be a library, which decodes on the CPU
    AVCodec codec =
        id == AV_CODEC_ID_AV1 ? avcodec_find_decoder_by_name("av1") : avcodec_find_decoder(id);
    return codec == null || codec.isNull() || !decodesOnDevice(codec)
        ? Optional.empty()
        : Optional.of(codec);
  }

  private static boolean decodesOnDevice(AVCodec codec) {
    for (int i = 0; ; i++) {
      AVCodecHWConfig config = avcodec_get_hw_config(codec, i);
      if (config == null || config.isNull()) {
        return false;
      }
      if (config.device_type() == AV_HWDEVICE_TYPE_CUDA
          && (config.methods() & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0) {
        return true;
      }
    }
  }

  /**
   * FFmpeg's own decoders of VP8 and VP9 drop the alpha that Matroska stores beside them, and its
   * own AV1 decoder needs hardware.
   */
  private static List<String> preferred(int codecId, boolean alpha) {
    if (codecId == AV_CODEC_ID_AV1) {
      return List.of("libdav1d", "libaom-av1");
    }
    if (alpha && codecId == AV_CODEC_ID_VP8) {
      return List.of("libvpx");
    }
    if (alpha && codecId == AV_CODEC_ID_VP9) {
      return List.of("libvpx-vp9");
    }
    return List.of();
  }

  /** Whether a stream's frames have alpha that its pixel format does not tell. */
  public static boolean hasAlpha(AVStream stream) {
    return Dictionary.entries(stream.metadata()).entrySet().stream()
        .anyMatch(tag -> tag.getKey().equalsIgnoreCase("alpha_mode") && tag.getValue().equals("1"));
  }

  private static Optional<AVCodec> present(@Nullable AVCodec codec) {
    return codec == null || codec.isNull() || (codec.capabilities() & AV_CODEC_CAP_HARDWARE) != 0
        ? Optional.empty()
        : Optional.of(codec);
  }

  /** Why a stream cannot be decoded; empty if it can. */
  static Optional<String> unsupported(AVStream stream) {
    int id = stream.codecpar().codec_id();
    if (id == AV_CODEC_ID_NONE) {
      return Optional.of("its codec is unknown");
    }
    if (find(stream).isPresent()) {
      return unsupportedChannels(stream);
    }
    return Optional.of(
        "this build of FFmpeg has no decoder for " + Av.string(avcodec_get_name(id)));
  }

  private static Optional<String> unsupportedChannels(AVStream stream) {
    int channels = stream.codecpar().ch_layout().nb_channels();
    boolean audio = stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO;
    return audio && (channels < 1 || channels > AudioOptions.MAX_CHANNELS)
        ? Optional.of(
            "it has " + channels + " channels: 1 to " + AudioOptions.MAX_CHANNELS + " can be read")
        : Optional.empty();
  }
}
