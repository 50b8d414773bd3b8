package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.ChannelLayout;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.jspecify.annotations.Nullable;

/** Chooses the sample rate, channels, sample format and bit rate of an audio encoder. */
public final class AudioRules {

  /** MPEG-1, for 32 kHz and more. */
  private static final List<Integer> MP3_KBITS =
      List.of(32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320);

  /** MPEG-2, from 16 kHz on. */
  private static final List<Integer> MP3_LOW_KBITS =
      List.of(8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160);

  /** MPEG-2.5, below 16 kHz. */
  private static final List<Integer> MP3_LOWEST_KBITS = List.of(8, 16, 24, 32, 40, 48, 56, 64);

  private static final List<Integer> AC3_KBITS =
      List.of(
          32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640);

  /** Maximum number of channels of encoders that do not report it. */
  private static final Map<String, Integer> MAX_CHANNELS =
      Map.of("flac", 8, "aac", 8, "libopus", 8);

  /** With this option libopus accepts any number of channels in any layout. */
  private static final String MAPPING_FAMILY = "mapping_family";

  /** Layouts that libopus requires instead of the usual one for a number of channels. */
  private static final Map<Integer, String> OPUS_LAYOUTS = Map.of(3, "3.0", 4, "quad");

  private final AVCodec codec;
  private final String encoder;

  /** Rules for one encoder. */
  public AudioRules(AVCodec codec) {
    this.codec = codec;
    this.encoder = Av.string(codec.name());
  }

  /**
   * Returns the requested rate; otherwise the input's, or the nearest one that the encoder
   * supports.
   *
   * @throws IllegalArgumentException if the encoder does not support the request
   */
  public int sampleRate(AudioOptions options) {
    List<Integer> rates = Supported.sampleRates(codec);
    int wanted = options.outputSampleRate().orElse(options.sampleRate());
    if (rates.isEmpty() || rates.contains(wanted)) {
      return wanted;
    }
    if (options.outputSampleRate().isPresent()) {
      throw new IllegalArgumentException(
          "%s does not support outputSampleRate %d; it supports: %s"
              .formatted(encoder, wanted, join(rates)));
    }
    return rates.stream()
        .min(
            Comparator.comparingInt((Integer rate) -> Math.abs(rate - wanted))
                .thenComparing(Comparator.reverseOrder()))
        .orElse(wanted);
  }

  /**
   * Checks the number of channels.
   *
   * @throws IllegalArgumentException if the encoder does not support it
   */
  public int channels(AudioOptions options) {
    List<Integer> counts = Supported.channelCounts(codec);
    Integer max = MAX_CHANNELS.get(encoder);
    if (counts.isEmpty() && max != null && !options.options().containsKey(MAPPING_FAMILY)) {
      counts = IntStream.rangeClosed(1, max).boxed().toList();
    }
    int wanted = options.outputChannels();
    if (!counts.isEmpty() && !counts.contains(wanted)) {
      throw new IllegalArgumentException(
          "%s does not support %d channels; it supports: %s; use AudioOptions.outputChannels to mix"
              .formatted(encoder, wanted, join(counts)));
    }
    return wanted;
  }

  /**
   * Returns the usual layout for the number of channels, or the encoder's own if it does not
   * support that one.
   */
  public ChannelLayout layout(AudioOptions options) throws EncoderException {
    int channels = options.outputChannels();
    String opus = encoder.equals("libopus") ? OPUS_LAYOUTS.get(channels) : null;
    if (opus != null && !options.options().containsKey(MAPPING_FAMILY)) {
      return ChannelLayout.named(opus);
    }
    ChannelLayout usual = ChannelLayout.of(channels);
    List<AVChannelLayout> supported = Supported.channelLayouts(codec);
    if (supported.isEmpty() || supported.stream().anyMatch(usual::isSame)) {
      return usual;
    }
    for (AVChannelLayout layout : supported) {
      if (layout.nb_channels() == channels) {
        usual.close();
        return ChannelLayout.copyOf(layout);
      }
    }
    return usual;
  }

  /**
   * Returns the requested format; otherwise the most precise one that the encoder supports, planar
   * float first.
   *
   * @throws IllegalArgumentException if the encoder does not support the request
   */
  public int sampleFormat(AudioOptions options) {
    List<Integer> formats = Supported.sampleFormats(codec);
    if (options.sampleFormat().isEmpty()) {
      return formats.stream()
          .max(Comparator.comparingInt(AudioRules::precision))
          .orElse(AV_SAMPLE_FMT_S16);
    }
    String name = options.sampleFormat().get();
    int format = av_get_sample_fmt(name);
    if (format == AV_SAMPLE_FMT_NONE) {
      throw new IllegalArgumentException(
          "unknown sampleFormat '%s'%s; %s supports: %s"
              .formatted(name, Suggestions.hint(name, names()), encoder, list(formats)));
    }
    if (!formats.isEmpty() && !formats.contains(format)) {
      throw new IllegalArgumentException(
          "%s does not support sampleFormat '%s'; it supports: %s"
              .formatted(encoder, name, list(formats)));
    }
    return format;
  }

  /**
   * Checks the bit rate if the encoder has fixed ones and would silently replace any other.
   *
   * @throws IllegalArgumentException if the encoder does not support it
   */
  public long bitRate(long wanted, int channels, int sampleRate) {
    List<Integer> kbits = kbits(sampleRate);
    if (kbits != null && (wanted % 1000 != 0 || !kbits.contains((int) (wanted / 1000)))) {
      throw new IllegalArgumentException(
          "%s does not support bitRate %d; it supports, in kb/s: %s"
                  .formatted(encoder, wanted, join(kbits))
              + (encoder.equals("ac3") ? "" : ", at " + sampleRate + " Hz"));
    }
    if (encoder.equals("libopus") && (wanted < 500 || wanted > 256_000L * channels)) {
      throw new IllegalArgumentException(
          "libopus supports bitRate 500 to %d for %d channels, not %d"
              .formatted(256_000L * channels, channels, wanted));
    }
    return wanted;
  }

  private @Nullable List<Integer> kbits(int sampleRate) {
    return switch (encoder) {
      case "libmp3lame" ->
          sampleRate >= 32_000
              ? MP3_KBITS
              : sampleRate >= 16_000 ? MP3_LOW_KBITS : MP3_LOWEST_KBITS;
      case "ac3" -> AC3_KBITS;
      default -> null;
    };
  }

  private static int precision(int format) {
    String name = Av.string(av_get_sample_fmt_name(format));
    int floating = name.startsWith("flt") ? 100 : name.startsWith("dbl") ? 50 : 0;
    return floating + 2 * av_get_bytes_per_sample(format) + (name.endsWith("p") ? 1 : 0);
  }

  private static List<String> names() {
    return IntStream.range(0, org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NB)
        .mapToObj(format -> Av.string(av_get_sample_fmt_name(format)))
        .toList();
  }

  private static String list(List<Integer> formats) {
    return String.join(", ", Supported.sampleFormatNames(formats));
  }

  private static String join(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
