package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_bytes_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NB;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;

/** Chooses the sample rate, channels, sample format and bit rate of an audio encoder. */
public final class AudioRules {

  private final AVCodec codec;
  private final String encoder;
  private final AudioProfile profile;

  /** Rules for one encoder. */
  public AudioRules(AVCodec codec) {
    this.codec = codec;
    this.encoder = Av.string(codec.name());
    this.profile = AudioProfile.of(encoder);
  }

  /** The values of raw options that the encoder does not silently replace by others. */
  public OptionRanges ranges() {
    return profile.ranges();
  }

  /** The numbers of channels that an encoder supports, ascending; empty if none are known. */
  public static List<Integer> channelCounts(AVCodec codec) {
    List<Integer> reported = Supported.channelCounts(codec);
    return reported.isEmpty() ? AudioProfile.of(Av.string(codec.name())).channelCounts() : reported;
  }

  /** The sample rates that an encoder supports, ascending; empty if it has no limit. */
  public static List<Integer> sampleRates(AVCodec codec) {
    List<Integer> reported = Supported.sampleRates(codec);
    return reported.isEmpty() ? AudioProfile.of(Av.string(codec.name())).sampleRates() : reported;
  }

  /**
   * Returns the requested rate; otherwise the input's, or the nearest one that the encoder
   * supports.
   *
   * @throws IllegalArgumentException if the encoder does not support the request
   */
  public int sampleRate(AudioOptions options) {
    List<Integer> rates = sampleRates(codec);
    int wanted = options.outputSampleRate().orElse(options.sampleRate());
    if (rates.isEmpty() || rates.contains(wanted)) {
      return wanted;
    }
    if (options.outputSampleRate().isPresent()) {
      throw new IllegalArgumentException(
          encoder
              + " does not support outputSampleRate "
              + wanted
              + "; it supports: "
              + join(rates));
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
  public int channels(AudioOptions options) throws EncoderException {
    List<Integer> counts = channelCounts(codec);
    OptionalInt max = profile.maxChannels(options);
    if (counts.isEmpty() && max.isPresent()) {
      counts = IntStream.rangeClosed(1, max.getAsInt()).boxed().toList();
    }
    if (counts.isEmpty()) {
      counts = channelCounts(profile.layouts(options));
    }
    int wanted = options.outputChannels();
    if (!counts.isEmpty() && !counts.contains(wanted)) {
      throw new IllegalArgumentException(
          encoder
              + " does not support "
              + wanted
              + " channels; it supports: "
              + join(counts)
              + "; use AudioOptions.outputChannels to mix");
    }
    return wanted;
  }

  private static List<Integer> channelCounts(List<String> layouts) throws EncoderException {
    SortedSet<Integer> counts = new TreeSet<>();
    for (String name : layouts) {
      try (NativeChannelLayout layout = NativeChannelLayout.named(name)) {
        counts.add(layout.struct().nb_channels());
      }
    }
    return List.copyOf(counts);
  }

  /**
   * Returns the layout that was asked for; the encoder's own if it has to have one and nothing was
   * asked.
   *
   * @param notes receives the layout that nobody asked for
   * @throws IllegalArgumentException if the encoder does not support the request
   */
  public NativeChannelLayout layout(AudioOptions options, Notes notes) throws EncoderException {
    return new LayoutRules(codec, profile, options).choose(options, notes);
  }

  /**
   * Adds a note if neither the codec nor the container says which channels these are.
   *
   * @param layout the encoder's
   */
  public void noteLayout(
      AudioOptions options, AVChannelLayout layout, Container container, Notes notes)
      throws EncoderException {
    boolean placed =
        options
            .outputChannelLayout()
            .or(options::channelLayout)
            .filter(wanted -> !wanted.isDiscrete())
            .isPresent();
    String name = NativeChannelLayout.describe(layout);
    if (!placed
        || layout.nb_channels() <= 2
        || container.storesLayout(name, profile.statesLayout(name))) {
      return;
    }
    notes.add(
        "channelLayout "
            + name
            + " is not stored: "
            + encoder
            + " in "
            + container
            + " states other places or none");
  }

  /** Adds a note if the container states a sample rate that is a little off. */
  public void noteRate(int sampleRate, Container container, Notes notes) {
    if (container.rounds(sampleRate, encoder)) {
      notes.add(
          sampleRate
              + " Hz is rounded: "
              + container
              + " states the length of a sample of "
              + encoder
              + " in microseconds");
    }
  }

  /** Returns the largest float that the encoder can store; 1 for those that do not store floats. */
  public double maxLevel(int sampleFormat) {
    if (!profile.keepsFloats()) {
      return 1;
    }
    return av_get_bytes_per_sample(sampleFormat) == Float.BYTES
        ? Float.MAX_VALUE
        : Double.MAX_VALUE;
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
    profile.checkBitRate(wanted, channels, sampleRate);
    return wanted;
  }

  private static int precision(int format) {
    String name = Av.string(av_get_sample_fmt_name(format));
    int floating = 0;
    if (name.startsWith("flt")) {
      floating = 100;
    } else if (name.startsWith("dbl")) {
      floating = 50;
    }
    return floating + 2 * av_get_bytes_per_sample(format) + (name.endsWith("p") ? 1 : 0);
  }

  private static List<String> names() {
    return IntStream.range(0, AV_SAMPLE_FMT_NB)
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
