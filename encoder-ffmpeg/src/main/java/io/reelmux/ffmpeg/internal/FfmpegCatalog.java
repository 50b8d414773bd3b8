package io.reelmux.ffmpeg.internal;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.AudioOptions;
import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.codec.AudioRules;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.codec.EncoderProfile;
import io.reelmux.ffmpeg.internal.codec.Supported;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.EncoderOptions;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.video.VideoDevices;
import io.reelmux.spi.CatalogSource;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/** Reports what the loaded build can encode. */
public final class FfmpegCatalog implements CatalogSource {
  /** The native libraries must have been loaded. */
  public FfmpegCatalog() {}

  @Override
  public String backend() {
    return NativeLibraries.description();
  }

  @Override
  public List<String> containers() {
    return List.copyOf(Container.names());
  }

  @Override
  public List<EncoderInfo> encoders(StreamKind kind) {
    if (kind == StreamKind.SUBTITLE) {
      // text becomes packets without an encoder
      return List.of();
    }
    return Codecs.encoders(kind).stream()
        .map(FfmpegCatalog::info)
        .sorted(Comparator.comparing(EncoderInfo::name))
        .toList();
  }

  @Override
  public Optional<EncoderInfo> encoder(String name) {
    return Codecs.find(name).map(FfmpegCatalog::info);
  }

  @Override
  public Optional<String> unsupportedReason(
      List<VideoOptions> videos, List<AudioOptions> audios, String format) {
    try {
      FfmpegSession.check(videos, audios, format);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int lookahead(VideoOptions options) {
    if (options.codec().isEmpty() || options.device().isCuda()) {
      return 0;
    }
    AVCodec codec = Codecs.byName(StreamKind.VIDEO, options.codec().get());
    return EncoderProfile.of(Av.string(codec.name())).lookahead(options);
  }

  @Override
  public List<DeviceInfo> devices() {
    return VideoDevices.devices();
  }

  @Override
  public Optional<String> unavailableReason(Device device) {
    return VideoDevices.unavailableReason(device);
  }

  private static EncoderInfo info(AVCodec codec) {
    if (codec.type() == AVMEDIA_TYPE_VIDEO) {
      List<String> pixelFormats = Supported.pixelFormatNames(Supported.pixelFormats(codec));
      OptionRanges ranges = EncoderProfile.of(Av.string(codec.name())).ranges();
      return info(codec, StreamKind.VIDEO, pixelFormats, List.of(), List.of(), ranges);
    }
    List<String> sampleFormats = Supported.sampleFormatNames(Supported.sampleFormats(codec));
    return info(
        codec,
        StreamKind.AUDIO,
        sampleFormats,
        AudioRules.sampleRates(codec),
        AudioRules.channelCounts(codec),
        new AudioRules(codec).ranges());
  }

  private static EncoderInfo info(
      AVCodec codec,
      StreamKind kind,
      List<String> formats,
      List<Integer> sampleRates,
      List<Integer> channelCounts,
      OptionRanges ranges) {
    return new EncoderInfo(
        Av.string(codec.name()),
        Av.string(avcodec_get_name(codec.id())),
        Av.string(codec.long_name()),
        kind,
        formats,
        sampleRates,
        channelCounts,
        EncoderOptions.of(codec, ranges));
  }
}
