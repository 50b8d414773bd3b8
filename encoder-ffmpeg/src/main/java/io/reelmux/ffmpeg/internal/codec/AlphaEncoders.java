package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_HARDWARE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_HYBRID;

import io.reelmux.AlphaMode;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/** The encoders that keep alpha, for messages. */
final class AlphaEncoders {

  private static final VideoOptions KEEP =
      VideoOptions.builder(64, 64, 25).alpha(AlphaMode.KEEP).build();

  private AlphaEncoders() {}

  /** Refuses an encoder without alpha, with those that the container holds. */
  static IllegalArgumentException refusal(AVCodec codec, Container container) {
    List<String> keepers =
        Codecs.encoders(StreamKind.VIDEO).stream()
            .filter(other -> keepsIn(container, other))
            .map(other -> Av.string(other.name()))
            .toList();
    String here =
        keepers.isEmpty()
            ? ", and no encoder for " + container + " does"
            : "; in " + container + " these do: " + String.join(", ", keepers);
    String others =
        EncoderProfiles.showingAlpha().stream()
            .filter(name -> !keepers.contains(name))
            .flatMap(name -> Codecs.find(name).stream())
            .flatMap(other -> inUsualContainer(other).stream())
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        Av.string(codec.name())
            + " does not support alpha"
            + here
            + (others.isEmpty() ? "" : "; others are " + others));
  }

  /** Its name, in the container of which it is the default codec, or the first that holds it. */
  private static Optional<String> inUsualContainer(AVCodec codec) {
    List<Container> all =
        Container.usualVideo().stream().filter(container -> keepsIn(container, codec)).toList();
    return all.stream()
        .filter(container -> container.videoCodecs().contains(codec.id()))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(container -> Av.string(codec.name()) + " in " + container);
  }

  private static boolean keepsIn(Container container, AVCodec codec) {
    EncoderProfile profile = EncoderProfile.of(Av.string(codec.name()));
    boolean needsDevice =
        (codec.capabilities() & (AV_CODEC_CAP_HARDWARE | AV_CODEC_CAP_HYBRID)) != 0;
    boolean keeps =
        Supported.pixelFormats(codec).stream().anyMatch(PixelFormat::hasAlpha)
            || profile.quantizer(KEEP).isPresent();
    return keeps
        && !needsDevice
        && container.isKnownToHold(codec.id())
        && (!profile.putsAlphaBeside()
            || container.members().stream().allMatch(Container::storesSideDataOfPackets));
  }
}
