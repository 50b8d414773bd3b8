package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.AudioOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What is known of an audio encoder beyond what FFmpeg reports. This class describes an encoder of
 * which nothing is known; the nested classes override what differs.
 */
class AudioProfile {
  static final String AAC = "aac";
  static final String MP3 = "libmp3lame";
  static final String OPUS = "libopus";

  private final String encoder;

  private AudioProfile(String encoder) {
    this.encoder = encoder;
  }

  /** The profile of an encoder; a permissive one if it is not known. */
  static AudioProfile of(String encoder) {
    return switch (encoder) {
      case AAC, "flac" -> new UpToEightChannels(encoder);
      case OPUS -> new Opus();
      case MP3 -> new Mp3();
      case "ac3" -> new Ac3(encoder);
      default -> new AudioProfile(encoder);
    };
  }

  /** Maximum number of channels of an encoder that does not report it. */
  OptionalInt maxChannels(AudioOptions options) {
    return OptionalInt.empty();
  }

  /** The layout that it requires instead of the usual one for the number of channels. */
  Optional<String> layout(AudioOptions options) {
    return Optional.empty();
  }

  /** Refuses a bit rate that the encoder would silently replace. */
  void checkBitRate(long wanted, int channels, int sampleRate) {}

  final void requireOneOf(List<Integer> kbits, long wanted, String condition) {
    if (wanted % 1000 != 0 || !kbits.contains((int) (wanted / 1000))) {
      throw new IllegalArgumentException(
          "%s does not support bitRate %d; it supports, in kb/s: %s%s"
              .formatted(
                  encoder,
                  wanted,
                  kbits.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  condition));
    }
  }

  private static final class UpToEightChannels extends AudioProfile {
    UpToEightChannels(String encoder) {
      super(encoder);
    }

    @Override
    OptionalInt maxChannels(AudioOptions options) {
      return OptionalInt.of(8);
    }
  }

  private static final class Opus extends AudioProfile {

    /** With this option it accepts any number of channels in any layout. */
    private static final String MAPPING_FAMILY = "mapping_family";

    private static final Map<Integer, String> LAYOUTS = Map.of(3, "3.0", 4, "quad");

    private static final int MIN_BIT_RATE = 500;
    private static final long MAX_BIT_RATE_PER_CHANNEL = 256_000;

    Opus() {
      super(OPUS);
    }

    @Override
    OptionalInt maxChannels(AudioOptions options) {
      return isMapped(options) ? OptionalInt.empty() : OptionalInt.of(8);
    }

    @Override
    Optional<String> layout(AudioOptions options) {
      return isMapped(options)
          ? Optional.empty()
          : Optional.ofNullable(LAYOUTS.get(options.outputChannels()));
    }

    private static boolean isMapped(AudioOptions options) {
      return options.options().containsKey(MAPPING_FAMILY);
    }

    @Override
    void checkBitRate(long wanted, int channels, int sampleRate) {
      long max = MAX_BIT_RATE_PER_CHANNEL * channels;
      if (wanted < MIN_BIT_RATE || wanted > max) {
        throw new IllegalArgumentException(
            "%s supports bitRate %d to %d for %d channels, not %d"
                .formatted(OPUS, MIN_BIT_RATE, max, channels, wanted));
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
