package io.reelmux.cuda.internal.nvenc;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.choose.Codecs;
import io.reelmux.ffmpeg.internal.choose.Container;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.jspecify.annotations.Nullable;

/** Chooses the NVENC encoder and the bit depth of a stream. */
public final class NvencCodecs {

  /** Names of the codecs, and their encoders. */
  private static final Map<String, String> BY_CODEC =
      Map.of("h264", "h264_nvenc", "hevc", "hevc_nvenc", "h265", "hevc_nvenc", "av1", "av1_nvenc");

  /** The encoders. */
  public static final List<String> ENCODERS = List.of("h264_nvenc", "hevc_nvenc", "av1_nvenc");

  /** Containers that support AV1 and whose default CPU codec NVENC does not support. */
  private static final Set<String> AV1 = Set.of("webm", "ivf", "obu");

  /** Containers that support H.264 and whose default CPU codec is another one. */
  private static final Set<String> H264 =
      Set.of("mp4", "mov", "matroska", "mpegts", "flv", "ipod", "3gp", "3g2", "f4v", "avi");

  private static final Set<ColorSpec.Transfer> TEN_BIT_TRANSFERS =
      Set.of(ColorSpec.Transfer.PQ, ColorSpec.Transfer.HLG, ColorSpec.Transfer.BT2020);

  private NvencCodecs() {}

  /**
   * Returns the encoder for a stream: the requested one, by its own name or the codec's, or the
   * container's default.
   *
   * @param container null where packets go to a listener
   * @throws IllegalArgumentException if there is none
   */
  public static AVCodec choose(VideoOptions options, @Nullable Container container) {
    Device device = options.device();
    String name =
        options.codec().map(wanted -> byName(wanted, device)).orElseGet(() -> byDefault(container));
    return Codecs.find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this FFmpeg build has no encoder " + name + " for " + device));
  }

  private static String byName(String wanted, Device device) {
    String name = BY_CODEC.getOrDefault(wanted, wanted);
    if (!ENCODERS.contains(name)) {
      throw new IllegalArgumentException(
          "codec '%s' is not supported on %s: use h264, hevc or av1 (%s)"
              .formatted(wanted, device, String.join(", ", ENCODERS)));
    }
    return name;
  }

  private static String byDefault(@Nullable Container container) {
    if (container == null || H264.contains(container.name())) {
      return "h264_nvenc";
    }
    if (AV1.contains(container.name())) {
      return "av1_nvenc";
    }
    int codec = container.audioOnly() ? 0 : container.format().video_codec();
    if (codec == AV_CODEC_ID_H264) {
      return "h264_nvenc";
    }
    if (codec == AV_CODEC_ID_HEVC) {
      return "hevc_nvenc";
    }
    if (codec == AV_CODEC_ID_AV1) {
      return "av1_nvenc";
    }
    throw new IllegalArgumentException(
        "container '%s' has no default codec that a CUDA device supports: set codec(\"h264\"), \"hevc\" or \"av1\" if the container supports one of them"
            .formatted(container));
  }

  /**
   * Returns the bits per component: 10 if the profile selects it, or if the transfer is meant for
   * 10 bits and neither profile nor codec excludes it; otherwise 8.
   */
  public static int bits(VideoOptions options, AVCodec codec) {
    if (options.profile().isPresent() || options.options().containsKey("profile")) {
      String profile = options.profile().orElseGet(() -> options.options().get("profile"));
      boolean anyDepth = codec.id() == AV_CODEC_ID_AV1 && profile.equals("main");
      if (!anyDepth) {
        return profile.contains("10") ? 10 : 8;
      }
    }
    boolean tenBits =
        codec.id() != AV_CODEC_ID_H264
            && options.color().map(c -> TEN_BIT_TRANSFERS.contains(c.transfer())).orElse(false);
    return tenBits ? 10 : 8;
  }
}
