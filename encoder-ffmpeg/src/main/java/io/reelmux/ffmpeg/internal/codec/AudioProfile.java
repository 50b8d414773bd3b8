package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.AudioOptions;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of an audio encoder beyond what FFmpeg reports. This class describes an encoder of
 * which nothing is known; the nested classes override what differs.
 */
class AudioProfile {
  static final String AAC = "aac";
  static final String MP3 = "libmp3lame";
  static final String OPUS = "libopus";

  /** Encoders whose streams state every layout that they accept. */
  private static final Set<String> STATING_LAYOUTS =
      Set.of("flac", OPUS, "opus", "vorbis", "ac3", "ac3_fixed", "eac3", "alac", "wavpack", "dca");

  /** What encoders support and do not report; most have one rate. */
  static final Map<String, Limits> UNREPORTED =
      Map.ofEntries(
          Map.entry("roq_dpcm", new Limits(2, 22_050)),
          Map.entry("adpcm_ima_amv", new Limits(1, 22_050)),
          Map.entry("g722", new Limits(1, 16_000)),
          Map.entry("libvo_amrwbenc", new Limits(1, 16_000)),
          Map.entry("g723_1", new Limits(1, 8_000)),
          Map.entry("g726", new Limits(1, 8_000)),
          Map.entry("g726le", new Limits(1, 8_000)),
          Map.entry("libopencore_amrnb", new Limits(1, 8_000)),
          Map.entry("comfortnoise", new Limits(1, 8_000)),
          Map.entry("nellymoser", new Limits(1, 8_000, 11_025, 16_000, 22_050, 44_100)),
          Map.entry("wmav1", new Limits(2)),
          Map.entry("wmav2", new Limits(2)));

  private final String encoder;

  private AudioProfile(String encoder) {
    this.encoder = encoder;
  }

  /** The profile of an encoder; a permissive one if it is not known. */
  static AudioProfile of(String encoder) {
    return switch (encoder) {
      case AAC -> new Aac();
      case "flac" -> new Flac(encoder);
      case OPUS -> new Opus();
      case MP3 -> new Mp3();
      case "ac3" -> new Ac3(encoder);
      case "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be" -> new FloatPcm(encoder);
      default -> new AudioProfile(encoder);
    };
  }

  /** Maximum number of channels of an encoder that does not report it. */
  OptionalInt maxChannels(AudioOptions options) {
    return OptionalInt.empty();
  }

  /** The numbers of channels of an encoder that does not report them; empty if not known. */
  final List<Integer> channelCounts() {
    Limits limits = UNREPORTED.get(encoder);
    return limits == null ? List.of() : IntStream.rangeClosed(1, limits.channels).boxed().toList();
  }

  /** The sample rates of an encoder that does not report them, ascending; empty if all. */
  final List<Integer> sampleRates() {
    Limits limits = UNREPORTED.get(encoder);
    return limits == null ? List.of() : limits.rates;
  }

  /** The channel layouts that an encoder supports and does not report; empty if it has no limit. */
  List<String> layouts(AudioOptions options) {
    return List.of();
  }

  /** The layouts that decoders assume where a stream names none; empty if they assume none. */
  List<String> assumedLayouts() {
    return List.of();
  }

  /**
   * Whether decoders learn the places of channels from its streams; empty if they believe the
   * container.
   */
  Optional<Boolean> statesLayout(String layout) {
    return STATING_LAYOUTS.contains(encoder) ? Optional.of(true) : Optional.empty();
  }

  /** Whether floats outside -1 to 1 are stored as they are. */
  boolean keepsFloats() {
    return false;
  }

  /** The values of raw options that the encoder does not silently replace by others. */
  OptionRanges ranges() {
    return switch (encoder) {
      case MP3 -> OptionRanges.NONE.with("compression-level", 0, 9);
      case OPUS -> OptionRanges.NONE.with("compression-level", 0, 10);
      case "wavpack" -> OptionRanges.NONE.with("compression-level", 0, 8);
      default -> OptionRanges.NONE;
    };
  }

  /** Refuses a bit rate that the encoder would silently replace. */
  void checkBitRate(long wanted, int channels, int sampleRate) {}

  /** Maximum number of channels, and the sample rates; none if it has no limit. */
  static final class Limits {
    private final int channels;
    private final List<Integer> rates;

    Limits(int channels, Integer... rates) {
      this.channels = channels;
      this.rates = List.of(rates);
    }
  }

  final void requireOneOf(List<Integer> kbits, long wanted, String condition) {
    if (wanted % 1000 != 0 || !kbits.contains((int) (wanted / 1000))) {
      throw new IllegalArgumentException(
          encoder
              + " does not support bitRate "
              + wanted
              + "; it supports, in kb/s: "
              + kbits.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + condition);
    }
  }

  private static final class FloatPcm extends AudioProfile {
    FloatPcm(String encoder) {
      super(encoder);
    }

    @Override
    boolean keepsFloats() {
      return true;
    }
  }

  private static final class Aac extends AudioProfile {

    /** Those with a channel configuration or a program config element in FFmpeg's encoder. */
    private static final List<String> LAYOUTS =
        List.of(
            "mono",
            "stereo",
            "2.1",
            "3.0",
            "3.0(back)",
            "3.1",
            "4.0",
            "quad",
            "quad(side)",
            "4.1",
            "5.0",
            "5.0(side)",
            "5.1",
            "5.1(side)",
            "6.0",
            "6.0(front)",
            "hexagonal",
            "6.1",
            "6.1(back)",
            "6.1(front)",
            "7.0",
            "7.0(front)",
            "7.1",
            "7.1(wide)",
            "7.1(wide-side)",
            "octagonal",
            "hexadecagonal");

    /** The others are in a program config element, from which decoders learn no places. */
    private static final Set<String> STATED =
        Set.of("mono", "stereo", "2.1", "3.0", "4.0", "quad", "5.0", "5.1", "7.1");

    Aac() {
      super(AAC);
    }

    @Override
    List<String> layouts(AudioOptions options) {
      return LAYOUTS;
    }

    @Override
    Optional<Boolean> statesLayout(String layout) {
      return Optional.of(STATED.contains(layout));
    }
  }

  private static final class Flac extends AudioProfile {
    Flac(String encoder) {
      super(encoder);
    }

    @Override
    OptionalInt maxChannels(AudioOptions options) {
      return OptionalInt.of(8);
    }

    @Override
    List<String> assumedLayouts() {
      // RFC 9639, section 9.1.3
      return List.of("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1");
    }
  }

  private static final class Opus extends AudioProfile {

    /** With this option it accepts any number of channels in any layout. */
    private static final String MAPPING_FAMILY = "mapping_family";

    /**
     * RFC 7845, section 5.1.1.2, without 5.0 and 6.1, of which FFmpeg's wrapper swaps channels: so
     * say libopus's own decoder and two others.
     */
    private static final List<String> LAYOUTS =
        List.of("mono", "stereo", "3.0", "quad", "5.1", "7.1");

    private static final int MIN_BIT_RATE = 500;
    private static final long MAX_BIT_RATE_PER_CHANNEL = 256_000;

    Opus() {
      super(OPUS);
    }

    @Override
    List<String> layouts(AudioOptions options) {
      return isMapped(options) ? List.of() : LAYOUTS;
    }

    private static boolean isMapped(AudioOptions options) {
      return options.options().containsKey(MAPPING_FAMILY);
    }

    @Override
    void checkBitRate(long wanted, int channels, int sampleRate) {
      long max = MAX_BIT_RATE_PER_CHANNEL * channels;
      if (wanted < MIN_BIT_RATE || wanted > max) {
        throw new IllegalArgumentException(
            OPUS
                + " supports bitRate "
                + MIN_BIT_RATE
                + " to "
                + max
                + " for "
                + channels
                + " channels, not "
                + wanted);
      }
    }
  }

  private static final class Mp3 extends AudioProfile {

    /** MPEG-1, for 32 kHz and more. */
    private static final List<Integer> MPEG1_KBITS =
        List.of(32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320);

    /** MPEG-2, from 16 kHz on. */
    private static final List<Integer> MPEG2_KBITS =
        List.of(8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160);

    /** MPEG-2.5, below 16 kHz. */
    private static final List<Integer> MPEG25_KBITS = List.of(8, 16, 24, 32, 40, 48, 56, 64);

    Mp3() {
      super(MP3);
    }

    @Override
    void checkBitRate(long wanted, int channels, int sampleRate) {
      requireOneOf(kbits(sampleRate), wanted, ", at " + sampleRate + " Hz");
    }

    private static List<Integer> kbits(int sampleRate) {
      if (sampleRate >= 32_000) {
        return MPEG1_KBITS;
      }
      return sampleRate >= 16_000 ? MPEG2_KBITS : MPEG25_KBITS;
    }
  }

  private static final class Ac3 extends AudioProfile {
    private static final List<Integer> KBITS =
        List.of(
            32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640);

    Ac3(String encoder) {
      super(encoder);
    }

    @Override
    void checkBitRate(long wanted, int channels, int sampleRate) {
      requireOneOf(KBITS, wanted, "");
    }
  }
}
