package io.reelmux.ffmpeg.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.util.Set;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bit rates, limits and quantizers, measured on what was written. */
class RateControlTest {
  private static final int SECONDS = 20;
  private static final int FRAMES = SECONDS * Clip.RATE;
  private static final int BIT_RATE = 200_000;

  private static VideoOptions rate(String codec, RateControl mode) {
    return Clip.options(codec).rateControl(mode).bitRate(BIT_RATE).build();
  }

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.rate.Clip#encoders")
  void variableBitRate_isHeldOver20Seconds(String codec) throws IOException {
    Clip.Encoded clip = Clip.encode(rate(codec, RateControl.VARIABLE_BIT_RATE), FRAMES);

    assertThat(clip.bitRate(0, FRAMES)).isCloseTo(BIT_RATE, withinPercentage(10));
    assertThat(clip.result().notes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.rate.Clip#encoders")
  void constantBitRate_isHeldInEveryTwoSeconds(String codec) throws IOException {
    Clip.Encoded clip = Clip.encode(rate(codec, RateControl.CONSTANT_BIT_RATE), FRAMES);

    assertThat(clip.bitRate(0, FRAMES)).isCloseTo(BIT_RATE, withinPercentage(10));
    // after the time that a rate control needs to start with a full buffer
    for (int second = 4; second + 2 <= SECONDS; second += 2) {
      double held = clip.bitRate(second * Clip.RATE, (second + 2) * Clip.RATE);
      assertThat(held).as("second " + second).isCloseTo(BIT_RATE, withinPercentage(25));
    }
  }

  @ParameterizedTest
  @CsvSource({"libx264", "libx265", "libsvtav1", "libvpx-vp9", "libaom-av1"})
  void maxBitRate_limitsAQuality(String codec) throws IOException {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));
    VideoOptions.Builder options = Clip.options(codec).quality(Quality.HIGHEST);

    Clip.Encoded free = Clip.encode(options.build(), 150);
    Clip.Encoded limited = Clip.encode(options.maxBitRate(150_000).build(), 150);

    assertThat(free.bitRate(50, 150)).isGreaterThan(200_000);
    assertThat(limited.bitRate(50, 150)).isLessThan(190_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"libx264", "libx265", "libsvtav1", "libvpx-vp9", "libaom-av1"})
  void qp_isTheQuantizer(String codec) throws IOException {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));

    double fine = Clip.encode(Clip.options(codec).qp(10).build(), 25).bitRate(0, 25);
    double coarse = Clip.encode(Clip.options(codec).qp(40).build(), 25).bitRate(0, 25);

    assertThat(fine).isGreaterThan(2 * coarse);
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, 0, 1 to 51",
    "libopenh264, 52, 1 to 51",
    "libsvtav1, 64, 1 to 63",
    "libvpx-vp9, 64, 0 to 63",
    "mpeg4, 32, 1 to 31"
  })
  void qp_outOfRange_refusedWithTheRange(String codec, int qp, String range) {
    refused(Clip.options(codec).qp(qp).build())
        .withMessageContaining("qp " + qp + ": must be from " + range + " for " + codec);
  }

  @Test
  void modes_thatAnEncoderLacks_refusedNamingThoseThatHaveThem() {
    refused(Clip.options("gif").bitRate(5000).build())
        .withMessageContaining("bitRate 5000: gif has no VARIABLE_BIT_RATE; these have: ")
        .withMessageContaining("libx264");
    refused(Clip.options("ffv1").qp(5).build())
        .withMessageContaining("qp 5: ffv1 has no CONSTANT_QP; these have: ");
    refused(Clip.options("prores_ks").bitRate(5_000_000).build())
        .withMessageContaining("prores_ks has no VARIABLE_BIT_RATE");
    refused(
            Clip.options("dnxhd")
                .bitRate(36_000_000)
                .rateControl(RateControl.VARIABLE_BIT_RATE)
                .build())
        .withMessageContaining("dnxhd has no VARIABLE_BIT_RATE, but CONSTANT_BIT_RATE");
    refused(Clip.options("libopenh264").quality(Quality.HIGH).maxBitRate(5000).build())
        .withMessageContaining("maxBitRate 5000: libopenh264 cannot limit its bit rate with ")
        .withMessageContaining("CONSTANT_QUALITY; these can: ");
    refused(Clip.options("libsvtav1").bitRate(5000).maxBitRate(6000).build())
        .withMessageContaining("libsvtav1 cannot limit its bit rate with VARIABLE_BIT_RATE");
  }

  @Test
  void bitRate_thatIsMissed_isNoted() throws IOException {
    VideoOptions tooLow = Clip.options("mpeg2video").bitRate(20_000).build();

    Clip.Encoded clip = Clip.encode(tooLow, 300);

    long missed = Math.round(clip.bitRate(0, 300) / 1000);
    assertThat(missed).isGreaterThan(22);
    assertThat(clip.result().notes())
        .containsExactly(
            "video 0: the bit rate was missed: " + missed + " kb/s instead of 20 kb/s");
  }

  @Test
  void setBitRate_ofX264_changesTheRest() throws IOException {
    assumeTrue(Clip.gpl());

    Clip.Encoded clip =
        Clip.encode(
            rate("libx264", RateControl.CONSTANT_BIT_RATE),
            250,
            Set.of(),
            (stream, number) -> {
              if (number == 125) {
                stream.setBitRate(80_000);
              }
            });

    assertThat(clip.bitRate(25, 125)).isCloseTo(BIT_RATE, withinPercentage(10));
    assertThat(clip.bitRate(150, 250)).isCloseTo(80_000, withinPercentage(10));
    assertThat(clip.result().notes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.rate.Clip#encoders")
  void setBitRate_otherwise_refusedNamingThoseThatCan(String codec) throws IOException {
    boolean x264 = codec.equals("libx264");
    String reason = x264 ? "changes a constant bit rate only" : "cannot change its bit rate while";

    Clip.Encoded clip =
        Clip.encode(
            rate(codec, RateControl.VARIABLE_BIT_RATE),
            3,
            Set.of(),
            (stream, number) ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> stream.setBitRate(80_000))
                    .withMessageContaining("setBitRate 80000: " + codec + " " + reason)
                    .withMessageContaining(x264 ? "CONSTANT_BIT_RATE" : "libx264"));

    assertThat(clip.packets()).hasSize(3);
  }

  static ThrowableAssertAlternative<IllegalArgumentException> refused(VideoOptions options) {
    return assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                encoder.addVideo(options);
                encoder.openFileLike(new ByteArrayOutput(), "mkv");
              }
            });
  }
}
