package io.reelmux.cuda.internal.nvenc;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.codec.Nvenc;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/** Chooses the NVENC encoder and the bit depth of a stream. */
public final class NvencCodecs {

  private static final Set<ColorSpec.Transfer> TEN_BIT_TRANSFERS =
      Set.of(ColorSpec.Transfer.PQ, ColorSpec.Transfer.HLG, ColorSpec.Transfer.BT2020);

  private NvencCodecs() {}

  /**
   * Returns the encoder for a stream: the requested one, by its own name or the codec's, or the
   * container's default.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AVCodec choose(VideoOptions options, Container container) {
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
    String name = Nvenc.encoderOf(wanted);
    if (!Nvenc.ENCODERS.contains(name)) {
      throw new IllegalArgumentException(
          "codec '%s' is not supported on %s: use h264, hevc or av1 (%s)"
              .formatted(wanted, device, String.join(", ", Nvenc.ENCODERS)));
    }
    return name;
  }

  private static String byDefault(Container container) {
    return container.videoCodecs().stream()
        .flatMap(codec -> Nvenc.encoderOf((int) codec).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "container '%s' has no default codec that a CUDA device supports: set codec(\"h264\"), \"hevc\" or \"av1\" if the container supports one of them"
                        .formatted(container)));
  }

  /**
   * Returns the bits per component: those requested; otherwise 10 if the profile selects it, or if
   * more than 8 are preferred or the transfer is meant for 10 bits, and neither profile nor codec
   * excludes it; otherwise 8.
   *
   * @throws IllegalArgumentException if the requested bits contradict the profile, or no surface
   *     has them
   */
  public static int bits(VideoOptions options, AVCodec codec) {
    int byProfile = bitsByProfile(options, codec);
    if (options.bitDepth().isEmpty()) {
      return byProfile;
    }
    int wanted = options.bitDepth().getAsInt();
    if (wanted != 8 && wanted != 10) {
      throw new IllegalArgumentException(
          "bitDepth " + wanted + ": " + options.device() + " encodes 8 or 10 bits");
    }
    if (wanted < byProfile && options.profile().isPresent()) {
      throw new IllegalArgumentException(
          "bitDepth " + wanted + " contradicts profile '" + options.profile().get() + "'");
    }
    return wanted;
  }

  private static int bitsByProfile(VideoOptions options, AVCodec codec) {
    if (options.profile().isPresent() || options.options().containsKey("profile")) {
      String profile = options.profile().orElseGet(() -> options.options().get("profile"));
      boolean anyDepth = codec.id() == AV_CODEC_ID_AV1 && profile.equals("main");
      if (!anyDepth) {
        return profile.contains("10") ? 10 : 8;
      }
    }
    boolean deep =
        options.preferredBitDepth().isPresent()
            ? options.preferredBitDepth().getAsInt() > 8
            : options.color().map(c -> TEN_BIT_TRANSFERS.contains(c.transfer())).orElse(false);
    return deep && codec.id() != AV_CODEC_ID_H264 ? 10 : 8;
  }
}
