package io.reelmux.ffmpeg.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neither a default nor a bit depth makes color frames gray, unless an encoder has gray only. */
class ColorFormatsTest {

  @Test
  void choose_encodersThatHaveColor_neverChoosesGray() throws IOException {
    List<String> gray = new ArrayList<>();
    int chosen = 0;
    for (EncoderInfo encoder : EncoderCatalog.load().encoders(StreamKind.VIDEO)) {
      AVCodec codec = Codecs.find(encoder.name()).orElseThrow();
      List<Integer> usable = PixelFormats.usable(codec);
      if (!usable.isEmpty() && usable.stream().allMatch(PixelFormat::isGray)) {
        continue;
      }
      for (int bits : new int[] {0, 8, 10, 12}) {
        OptionalInt format = chosen(codec, bits);
        chosen += format.isPresent() ? 1 : 0;
        if (format.isPresent() && PixelFormat.isGray(format.getAsInt())) {
          gray.add(encoder.name() + " " + bits);
        }
      }
    }

    assertThat(gray).isEmpty();
    assertThat(chosen).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, -, 10, yuv420p10le",
    "libx264, -, 12, yuv420p10le",
    "libx264, high, 10, yuv420p",
    "libx264, high422, 10, yuv420p10le",
    "libx265, -, 12, yuv420p12le",
    "libx265, main10, 12, yuv420p10le",
    "libx265, main, 12, yuv420p",
    "libx265, main12, 10, yuv420p10le",
    "libvpx, -, 10, yuv420p",
    "libsvtav1, -, 12, yuv420p10le",
    "mpeg4, -, 12, yuv420p",
    "prores_ks, -, 10, yuv422p10le",
    "png, -, 10, rgb24",
    "png, -, 16, rgb48be",
    "ffv1, -, 16, yuv420p16le",
    "libx265, -, 16, yuv420p12le",
    "libx264, -, 8, yuv420p"
  })
  @EnabledIfSystemProperty(named = "reelmux.natives", matches = "gpl")
  void choose_preferredDepth_isTheNearestThatEncoderAndProfileHave(
      String encoder, String profile, int bits, String format) {
    AVCodec codec = Codecs.find(encoder).orElseThrow();
    VideoOptions.Builder options = VideoOptions.builder(64, 64, 25).preferredBitDepth(bits);
    if (!profile.equals("-")) {
      options.profile(profile);
    }

    int chosen = PixelFormats.choose(codec, options.build(), Container.PACKETS_ONLY);

    assertThat(PixelFormat.name(chosen)).isEqualTo(format);
  }

  /** Returns nothing if it is refused. */
  private static OptionalInt chosen(AVCodec codec, int bits) {
    VideoOptions.Builder options = VideoOptions.builder(64, 64, 25);
    if (bits > 0) {
      options.bitDepth(bits);
    }
    try {
      return OptionalInt.of(PixelFormats.choose(codec, options.build(), Container.PACKETS_ONLY));
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }
}
