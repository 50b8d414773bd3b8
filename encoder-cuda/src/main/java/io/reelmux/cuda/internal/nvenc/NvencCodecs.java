package io.reelmux.cuda.internal.nvenc;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.jspecify.annotations.Nullable;

/** Which of NVIDIA's encoders a stream gets, and how deep its pictures are. */
public final class NvencCodecs {

  /** Names of the codecs, and their encoders. */
  private static final Map<String, String> BY_CODEC =
      Map.of("h264", "h264_nvenc", "hevc", "hevc_nvenc", "h265", "hevc_nvenc", "av1", "av1_nvenc");

  /** The encoders. */
  public static final List<String> ENCODERS = List.of("h264_nvenc", "hevc_nvenc", "av1_nvenc");

  /** Containers whose default on the CPU NVIDIA's boards do not encode, and that hold AV1. */
  private static final Set<String> AV1 = Set.of("webm", "ivf", "obu");

  /** Containers whose default on the CPU is another codec, and that hold H.264. */
  private static final Set<String> H264 =
      Set.of("mp4", "mov", "matroska", "mpegts", "flv", "ipod", "3gp", "3g2", "f4v", "avi");

  private static final Set<ColorSpec.Transfer> DEEP_TRANSFERS =
      Set.of(ColorSpec.Transfer.PQ, ColorSpec.Transfer.HLG, ColorSpec.Transfer.BT2020);

  private NvencCodecs() {}

  /**
   * The encoder for a stream: the one that was asked for by its own name or the codec's, or the
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
                    "this build of FFmpeg has no encoder " + name + " for " + device));
  }

  private static String byName(String wanted, Device device) {
    String name = BY_CODEC.getOrDefault(wanted, wanted);
    if (!ENCODERS.contains(name)) {
      throw new IllegalArgumentException(
          "codec '%s' is not encoded on %s: it has h264, hevc and av1 (%s)"
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
        "container '%s' has no default codec that a CUDA device encodes: set codec(\"h264\"), \"hevc\" or \"av1\" if it holds one of them"
            .formatted(container));
  }

  /**
   * Bits of a component: 10 where the profile says so, or the transfer is one for 10 bits and
   * neither profile nor codec says otherwise; else 8.
   */
  public static int bits(VideoOptions options, AVCodec codec) {
    if (options.profile().isPresent() || options.options().containsKey("profile")) {
      String profile = options.profile().orElseGet(() -> options.options().get("profile"));
      boolean leavesOpen = codec.id() == AV_CODEC_ID_AV1 && profile.equals("main");
      if (!leavesOpen) {
        return profile.contains("10") ? 10 : 8;
      }
    }
    boolean deep =
        codec.id() != AV_CODEC_ID_H264
            && options.color().map(c -> DEEP_TRANSFERS.contains(c.transfer())).orElse(false);
    return deep ? 10 : 8;
  }
}
