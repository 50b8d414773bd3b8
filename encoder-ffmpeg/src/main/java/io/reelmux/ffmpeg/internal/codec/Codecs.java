package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_codec_is_encoder;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_codec_iterate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_find_encoder;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_find_encoder_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_EXPERIMENTAL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.StreamKind;
import io.reelmux.StreamOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Chooses the encoder of a stream. */
public final class Codecs {

  /**
   * Software encoders of a codec, best first; FFmpeg's own first choice may be hardware or poor.
   */
  private static final Map<Integer, List<String>> PREFERRED =
      Map.of(
          AV_CODEC_ID_H264, List.of(X264.NAME, OpenH264.NAME),
          AV_CODEC_ID_HEVC, List.of(X265.NAME),
          AV_CODEC_ID_AV1, List.of(SvtAv1.NAME, Aom.NAME),
          AV_CODEC_ID_VP9, List.of(Vpx.VP9),
          AV_CODEC_ID_VP8, List.of(Vpx.VP8),
          AV_CODEC_ID_AAC, List.of(AudioProfile.AAC),
          AV_CODEC_ID_MP3, List.of(AudioProfile.MP3),
          AV_CODEC_ID_OPUS, List.of(AudioProfile.OPUS));

  /** Names of codecs that FFmpeg does not use. */
  private static final Map<String, String> ALIASES =
      Map.of("avc", "h264", "h.264", "h264", "h265", "hevc", "h.265", "hevc");

  private static final String STRICT = "strict";
  private static final String EXPERIMENTAL = "experimental";

  /** In front of the names of many encoders, and often left out. */
  private static final String LIBRARY = "lib";

  private Codecs() {}

  /**
   * Returns the encoder for a stream.
   *
   * @param options with the name of an encoder or a codec; none means the container's default
   * @throws IllegalArgumentException if there is none
   */
  public static AVCodec choose(StreamKind kind, StreamOptions options, Container container) {
    AVCodec codec =
        options.codec().isPresent()
            ? byName(kind, options.codec().get())
            : byContainer(kind, container);
    requireAllowed(codec, options.options());
    return codec;
  }

  /** FFmpeg refuses an experimental encoder, with its command's option as the way out. */
  private static void requireAllowed(AVCodec codec, Map<String, String> options) {
    String strict = options.getOrDefault(STRICT, "");
    if (isExperimental(codec) && !strict.equals(EXPERIMENTAL) && !strict.equals("-2")) {
      throw new IllegalArgumentException(
          "encoder "
              + Av.string(codec.name())
              + " is experimental in FFmpeg: option(\""
              + STRICT
              + "\", \""
              + EXPERIMENTAL
              + "\") allows it");
    }
  }

  /** The name as FFmpeg spells it: in small letters, and without the names that only others use. */
  static String canonical(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(small, small);
  }

  /**
   * Returns the encoder of a name.
   *
   * @param name of an encoder or a codec
   * @throws IllegalArgumentException if there is none
   */
  public static AVCodec byName(StreamKind kind, String name) {
    String wanted = canonical(name);
    AVCodec found = avcodec_find_encoder_by_name(wanted);
    if (found != null && !found.isNull() && isExperimental(found)) {
      // "opus" is a codec, and the name of FFmpeg's unfinished encoder for it
      AVCodec better = byId(found.id());
      found = better == null ? found : better;
    }
    if (found == null || found.isNull()) {
      AVCodecDescriptor descriptor = avcodec_descriptor_get_by_name(wanted);
      found = descriptor == null || descriptor.isNull() ? null : byId(descriptor.id());
    }
    if (found == null || found.isNull()) {
      throw new IllegalArgumentException(unknown(kind, name));
    }
    if (found.type() != type(kind)) {
      throw new IllegalArgumentException(
          kind == StreamKind.VIDEO
              ? "codec '" + name + "' is not a video codec: set it in AudioOptions"
              : "codec '" + name + "' is not an audio codec: set it in VideoOptions");
    }
    return found;
  }

  private static String unknown(StreamKind kind, String wanted) {
    String small = canonical(wanted);
    for (String name : List.of(small, LIBRARY + small)) {
      if (EncoderProfile.of(name).isGplOnly() && !NativeLibraries.isGpl()) {
        return "codec '"
            + wanted
            + (name.equals(small) ? "'" : "' (" + name + ")")
            + " is only in the GPL build of the native libraries: add"
            + " org.bytedeco:ffmpeg-platform-gpl";
      }
    }
    AVCodecDescriptor descriptor = avcodec_descriptor_get_by_name(canonical(wanted));
    if (descriptor != null && !descriptor.isNull()) {
      return "this build has no encoder for the codec '" + wanted + "'" + gplHint(descriptor.id());
    }
    List<String> names = new ArrayList<>();
    for (AVCodec codec : encoders(kind)) {
      names.add(Av.string(codec.name()));
      names.add(Av.string(avcodec_get_name(codec.id())));
    }
    return "unknown codec '"
        + wanted
        + "'"
        + Suggestions.hint(wanted, names)
        + "; EncoderCatalog lists the encoders of this build";
  }

  private static String gplHint(int codec) {
    return PREFERRED.getOrDefault(codec, List.of()).stream()
        .filter(name -> EncoderProfile.of(name).isGplOnly() && !NativeLibraries.isGpl())
        .map(name -> "; the GPL build has " + name + ": add org.bytedeco:ffmpeg-platform-gpl")
        .findFirst()
        .orElse("");
  }

  private static AVCodec byContainer(StreamKind kind, Container container) {
    int id = defaultId(kind, container);
    if (id == AV_CODEC_ID_NONE) {
      throw new IllegalArgumentException(
          "container '%s' cannot hold %s".formatted(container, name(kind)));
    }
    AVCodec codec = byId(id);
    if (codec == null) {
      throw new IllegalArgumentException(
          "this build has no encoder for '%s', the default of container '%s': set the codec"
              .formatted(Av.string(avcodec_get_name(id)), container));
    }
    return codec;
  }

  private static int defaultId(StreamKind kind, Container container) {
    if (kind == StreamKind.AUDIO) {
      return container.audioCodec();
    }
    List<Integer> codecs = container.videoCodecs();
    return codecs.isEmpty() ? AV_CODEC_ID_NONE : codecs.get(0);
  }

  private static @Nullable AVCodec byId(int id) {
    for (String name : PREFERRED.getOrDefault(id, List.of())) {
      AVCodec codec = avcodec_find_encoder_by_name(name);
      if (codec != null && !codec.isNull()) {
        return codec;
      }
    }
    if (id == AV_CODEC_ID_HEVC) {
      // the encoder that FFmpeg would fall back to needs hardware
      return null;
    }
    AVCodec codec = avcodec_find_encoder(id);
    return codec == null || codec.isNull() ? null : codec;
  }

  /** Finds an encoder by the name of its implementation. */
  public static Optional<AVCodec> find(String name) {
    return Optional.ofNullable(avcodec_find_encoder_by_name(name)).filter(codec -> !codec.isNull());
  }

  /** All encoders of a kind that are ready for use. */
  public static List<AVCodec> encoders(StreamKind kind) {
    List<AVCodec> encoders = new ArrayList<>();
    try (Pointer state = new Pointer()) {
      AVCodec codec;
      while ((codec = av_codec_iterate(state)) != null && !codec.isNull()) {
        if (av_codec_is_encoder(codec) != 0
            && codec.type() == type(kind)
            && !isExperimental(codec)) {
          encoders.add(codec);
        }
      }
    }
    return encoders;
  }

  private static boolean isExperimental(AVCodec codec) {
    return (codec.capabilities() & AV_CODEC_CAP_EXPERIMENTAL) != 0;
  }

  private static int type(StreamKind kind) {
    return kind == StreamKind.VIDEO ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  }

  private static String name(StreamKind kind) {
    return kind == StreamKind.VIDEO ? "video" : "audio";
  }
}
