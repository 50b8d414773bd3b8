package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.accepted;
import static io.reelmux.ffmpeg.refusal.Refusals.audio;
import static io.reelmux.ffmpeg.refusal.Refusals.isGpl;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioOptions;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw options whose values a library would silently replace, or write broken streams with. */
class OptionRangeTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "libopenh264, qmax, 52, 1 to 51",
    "libopenh264, qmin, 0, 1 to 51",
    "libsvtav1, qmax, 64, 1 to 63",
    "libsvtav1, qmin, 64, 0 to 63",
    "mpeg4, qmax, 32, 1 to 31",
    "mpeg4, qmax, 16*2, 1 to 31",
    "mpeg4, qmin, 32, 1 to 31",
    "mpeg2video, qmax, 60, 1 to 31",
    "libvpx, cpu-used, 6, -5 to 5",
    "libvpx-vp9, cpu-used, 8, -5 to 5",
    "libvpx-vp9, speed, -6, -5 to 5",
    "libaom-av1, cpu-used, 7, 0 to 6",
    "libaom-av1, arnr-max-frames, 16, 0 to 15",
    "libvpx, arnr-type, 4, 1 to 3",
    "libvpx-vp9, arnr-maxframes, 16, 0 to 15",
    "libvpx-vp9, arnr-strength, 7, 0 to 6",
    "png, compression_level, 10, 0 to 9",
    "png, compression_level, -2, 0 to 9",
    "png, compression_level, max, 0 to 9",
    "apng, compression_level, 10, 0 to 9",
    "libwebp, compression_level, 7, 0 to 6",
    "ffv1, level, 5, 0 to 4",
    "libx264, aq-strength, 3.01, 0 to 3",
    "libx264, aq-strength, -0.5, 0 to 3",
    "libx264, crf_max, 52, 0 to 51",
    "libx264, qmax, 70, 0 to 69",
    "libx264, qdiff, 1, 2 to 69",
    "libx264, qcomp, 1.01, 0 to 1",
    "libx264, i_qfactor, 0.05, 0.1 to 100",
    "libx264, bf, 17, 0 to 16",
    "libx264, refs, 17, 1 to 16",
    "libx264, rc-lookahead, 251, 0 to 250",
    "libx264, b-bias, 101, -90 to 100",
    "libx264, subq, 12, 0 to 11",
    "libx264, trellis, 3, 0 to 2",
    "libx264, deblock, -7:0, -6 to 6",
    "libx264, psy-rd, 1:11, 0 to 10",
    "libx264rgb, aq-strength, 4, 0 to 3"
  })
  void option_thatTheLibraryWouldReplace_refusedWithTheRange(
      String codec, String name, String value, String range) throws IOException {
    assumeTrue(isGpl());

    assertThat(
            video("mkv", VideoOptions.builder(64, 64, 25).codec(codec).option(name, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video 0")
        .hasMessageMatching(".*" + name + " \\S+: " + codec + " accepts " + range);
  }

  @ParameterizedTest
  @CsvSource({
    "x264-params, aq-strength=5, aq-strength 5, 0 to 3",
    "x264-params, aq_strength=-1, aq-strength -1, 0 to 3",
    "x264-params, bframes=0:qpmax=70, qpmax 70, 0 to 69",
    "x264-params, crf-max=60, crf-max 60, 0 to 51",
    "x264-params, crf=-1, crf -1, 0 to 51",
    "x264opts, 'deblock=7,7', 'deblock 7,7', -6 to 6",
    "x264opts, nr=65537, nr 65537, 0 to 65536"
  })
  void parameter_thatX264WouldReplace_refusedWithTheRange(
      String option, String list, String named, String range) throws IOException {
    assumeTrue(isGpl());

    assertThat(
            video(
                "mkv",
                VideoOptions.builder(64, 64, 25).codec("libx264").option(option, list).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(named + ": libx264 accepts " + range);
  }

  @ParameterizedTest
  @CsvSource({
    "libmp3lame, compression_level, 10, 0 to 9",
    "libopus, compression_level, 11, 0 to 10",
    "wavpack, compression_level, 9, 0 to 8"
  })
  void option_ofAudioThatTheLibraryWouldReplace_refusedWithTheRange(
      String codec, String name, String value, String range) throws IOException {
    assertThat(audio("mkv", audio(codec).option(name, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageEndingWith(name + " " + value + ": " + codec + " accepts " + range);
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, qmin, -1",
    "libopenh264, qmax, 51",
    "libsvtav1, qmax, 63",
    "mpeg4, qmax, 31",
    "mjpeg, qmax, 40",
    "libvpx, cpu-used, 5",
    "png, compression_level, -1",
    "png, compression_level, 9",
    "ffv1, level, 3",
    "ffv1, level, -99",
    "libx264, aq-strength, -1",
    "libx264, aq-strength, 3",
    "libx264, qmin, -1",
    "libx264, qmax, 69",
    "libx264, b-pyramid, strict",
    "libx264, deblock, -6:6",
    "libx264, x264-params, b-pyramid=strict:psy-rd=10",
    "libx265, x265-params, aq-strength=3"
  })
  void option_atTheLimitOrUnset_accepted(String codec, String name, String value)
      throws IOException {
    assumeTrue(isGpl());

    accepted(
        Encoder.builder(),
        "mkv",
        encoder ->
            encoder.addVideo(
                VideoOptions.builder(64, 64, 25).codec(codec).option(name, value).build()));
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx, deadline, realtime, 16",
    "libvpx-vp9, deadline, realtime, 8",
    "libaom-av1, usage, realtime, 8"
  })
  void speed_withItsDeadline_accepted(String codec, String name, String value, String speed)
      throws IOException {
    accepted(
        Encoder.builder(),
        "mkv",
        encoder ->
            encoder.addVideo(
                VideoOptions.builder(64, 64, 25)
                    .codec(codec)
                    .option(name, value)
                    .option("cpu-used", speed)
                    .build()));
  }

  /** What the catalog says of an option is what is accepted, whatever the other settings. */
  @ParameterizedTest
  @CsvSource({
    "libx264, crf_max, 0, 51",
    "libx264, b-bias, -90, 100",
    "libx264, aq-mode, 0, 3",
    "libsvtav1, crf, 1, 63",
    "libvpx, arnr-type, 1, 3",
    "libvpx-vp9, cpu-used, -8, 8",
    "libaom-av1, arnr-max-frames, 0, 15"
  })
  void catalog_optionThatTheLibraryWouldReplace_hasTheRange(
      String codec, String name, double min, double max) throws IOException {
    assumeTrue(isGpl());

    EncoderInfo encoder = EncoderCatalog.load().encoder(codec).orElseThrow();

    assertThat(encoder.options())
        .filteredOn(option -> option.name().equals(name))
        .singleElement()
        .satisfies(option -> assertThat(option.min()).isEqualTo(min))
        .satisfies(option -> assertThat(option.max()).isEqualTo(max));
  }

  @Test
  void option_ofAudioAtTheLimit_accepted() throws IOException {
    AudioOptions options = audio("libopus").option("compression_level", "10").build();

    accepted(Encoder.builder(), "mkv", encoder -> encoder.addAudio(options));
  }

  /** Ten bits have higher quantizers. */
  @Test
  void qmax_ofTenBits_hasItsOwnRange() throws IOException {
    assumeTrue(isGpl());
    accepted(Encoder.builder(), "mkv", encoder -> encoder.addVideo(tenBits("81")));
    assertThat(video("mkv", tenBits("82"))).hasMessageEndingWith("libx264 accepts 0 to 81");
  }

  private static VideoOptions tenBits(String qmax) {
    return video("libx264").pixelFormat("yuv420p10le").option("qmax", qmax).build();
  }

  /** X264 writes into the stream what it took. */
  @ParameterizedTest
  @CsvSource({
    "aq-strength=3, aq=1:3.00",
    "qpmax=69, qpmax=69",
    "qpmin=30, qpmin=30",
    "qpstep=69, qpstep=69",
    "qcomp=0, qcomp=0.00",
    "ipratio=10, ip_ratio=10.00",
    "b-bias=-90, b_bias=-90",
    "ref=16, ref=16",
    "nr=65536, nr=65536",
    "merange=4, me_range=4",
    "subme=11:trellis=2, subme=11",
    "'deblock=6,-6', deblock=1:6:-6",
    "'deadzone-inter=32', 'deadzone=32,11'",
    "'psy-rd=10,10:trellis=2', psy_rd=10.00:10.00"
  })
  void limit_ofX264_isTakenAsItIs(String list, String stated) throws IOException {
    assumeTrue(isGpl());
    Path file = directory.resolve("limit.mkv");
    try (Encoder encoder = Encoder.builder().build()) {
      VideoStream stream =
          encoder.addVideo(
              VideoOptions.builder(64, 64, 25)
                  .codec("libx264")
                  .option("x264-params", list)
                  .build());
      encoder.openFile(file);
      stream.addFrame(VideoFrame.of(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB)));
      encoder.finish();
    }

    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).contains(stated);
  }
}
