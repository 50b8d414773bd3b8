package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.accepted;
import static io.reelmux.ffmpeg.refusal.Refusals.h264;
import static io.reelmux.ffmpeg.refusal.Refusals.isGpl;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AlphaMode;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed settings that the encoder or the container does not support. */
class SettingRefusalTest {

  @ParameterizedTest
  @CsvSource({
    "mpeg4, yuv444p, yuv420p",
    "libvpx-vp9, rgb24, 'yuv420p, yuva420p, yuv422p, yuva422p, yuv440p, yuv444p'",
    "libopenh264, yuv444p, yuv420p",
    "gif, yuv420p, 'rgb8, bgr8, rgb4_byte, bgr4_byte, gray'",
    "mpeg4, cuda, yuv420p"
  })
  void pixelFormat_unsupportedByEncoder_refusedWithTheList(
      String codec, String format, String supported) throws IOException {
    assertThat(video("mkv", video(codec).pixelFormat(format).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video 0")
        .hasMessageContaining(codec + " does not support pixelFormat '" + format + "'")
        .hasMessageContaining("it supports: " + supported);
  }

  @Test
  void pixelFormat_palette_refusedWithReason() throws IOException {
    assertThat(video("gif", video("gif").pixelFormat("pal8").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pixelFormat 'pal8'")
        .hasMessageContaining("rgb8");
  }

  @ParameterizedTest
  @CsvSource({"yuv42p, yuv420p", "yuv404p, yuv444p", "YUV444, yuv444p", "rbg24, rgb24"})
  void pixelFormat_mistyped_refusedWithNearNameAndTheList(String wrong, String near)
      throws IOException {
    assertThat(video("mkv", video("mpeg4").pixelFormat(wrong).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown pixelFormat '" + wrong + "'; did you mean ")
        .hasMessageContaining(near)
        .hasMessageEndingWith("mpeg4 supports: yuv420p");
  }

  @Test
  void pixelFormat_unknownWithoutNearName_refusedWithTheList() throws IOException {
    assertThat(video("mkv", video("mpeg4").pixelFormat("nonsense").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown pixelFormat 'nonsense'; mpeg4 supports: yuv420p");
  }

  @Test
  void alpha_keptByEncoderWithout_refusedNamingThoseWith() throws IOException {
    assertThat(video("mkv", video("mpeg4").alpha(AlphaMode.KEEP).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mpeg4 does not support alpha; in matroska these do: ")
        .hasMessageContaining("libvpx-vp9")
        .hasMessageContaining("ffv1")
        .hasMessageNotContainingAny("nvenc", "qsv", "vaapi");
    assertThat(video("mkv", video("ffv1").alpha(AlphaMode.KEEP).pixelFormat("yuv420p").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'yuv420p' has no alpha");
  }

  @ParameterizedTest
  @CsvSource({
    "webm, libaom-av1, '; in webm these do: libvpx, libvpx-vp9; others are prores_ks in mov, qtrle"
        + " in mov'",
    "mp4, mpeg4, '; others are libvpx-vp9 in webm, prores_ks in mov, qtrle in mov'",
    "flv, flv, ', and no encoder for flv does; others are libvpx-vp9 in webm, prores_ks in mov,"
        + " qtrle in mov'",
    "gif, mpeg4, '; in gif these do: gif; others are libvpx-vp9 in webm, prores_ks in mov, qtrle in"
        + " mov'"
  })
  void alpha_kept_refusalNamesWhatTheContainerHolds(String format, String codec, String text)
      throws IOException {
    String message = video(format, video(codec).alpha(AlphaMode.KEEP).build()).getMessage();

    assertThat(message).startsWith("video 0: " + codec + " does not support alpha").endsWith(text);
    if (format.equals("mp4")) {
      // the alpha of libvpx would be lost
      String here = message.substring(0, message.indexOf(text));
      assertThat(here).contains("in mp4 these do: ffv1").doesNotContain("libvpx", "prores");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fats", "zz", "99", "ULTRAFAST", "-1"})
  void preset_unknownToX264_refusedWithTheList(String preset) throws IOException {
    assumeTrue(isGpl());

    for (String codec : new String[] {"libx264", "libx265"}) {
      assertThat(video("mp4", video(codec).preset(preset).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unknown preset '" + preset + "'")
          .hasMessageContaining(codec + " has: ultrafast, superfast, veryfast, faster, fast");
    }
  }

  @Test
  void preset_mistyped_refusedWithNearName() throws IOException {
    assumeTrue(isGpl());

    assertThat(video("mp4", video("libx264").preset("fats").build()))
        .hasMessageContaining("did you mean fast");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "fast", "-3"})
  void preset_notANumberOfSvt_refusedWithTheRange(String preset) throws IOException {
    assertThat(video("mkv", video("libsvtav1").preset(preset).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option 'preset' of encoder libsvtav1")
        .hasMessageContaining("'" + preset + "'")
        .hasMessageContaining("-2 to 13");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libopenh264", "mpeg4", "libvpx-vp9", "gif"})
  void preset_ofEncoderWithout_refused(String codec) throws IOException {
    assertThat(video("mkv", video(codec).preset("fast").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("preset 'fast': " + codec + " has no presets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpeg4", "gif", "ffv1", "mjpeg", "png"})
  void crf_ofEncoderWithout_refusedWithAlternatives(String codec) throws IOException {
    assertThat(video("mkv", video(codec).crf(20).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(codec + " has no crf")
        .hasMessageContaining("bitRate");
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, 64, 0 to 63",
    "libvpx-vp9, -2, 0 to 63",
    "libvpx-vp9, 23.5, whole numbers",
    "libvpx-vp9, 1e300, 0 to 63",
    "libopenh264, 52, 0 to 51",
    "libopenh264, -1, 0 to 51",
    "libsvtav1, 64, 1 to 63",
    "libsvtav1, 0, 1 to 63"
  })
  void crf_outOfRange_refusedWithTheRange(String codec, double crf, String range)
      throws IOException {
    assertThat(video("mkv", video(codec).crf(crf).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crf")
        .hasMessageContaining(range);
  }

  @Test
  void crf_negativeForX264_refused() throws IOException {
    assumeTrue(isGpl());

    assertThat(video("mp4", video("libx264").crf(-5).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crf -5: libx264 accepts 0 to 51");
  }

  @Test
  void quality_unsupportedByEncoder_refusedWithAlternatives() throws IOException {
    assertThat(video("mkv", video("mpeg4").quality(Quality.LOSSLESS).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mpeg4 cannot encode losslessly")
        .hasMessageContaining("ffv1");
    assertThat(video("gif", video("gif").quality(Quality.HIGH).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gif has no constant quality for Quality.HIGH");
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, zz, 'constrained_baseline, main, high'",
    "mpeg4, high, mpeg4_asp",
    "libvpx-vp9, zz, to",
    "mpeg2video, zz, main"
  })
  void profile_unknown_refusedWithTheNames(String codec, String profile, String known)
      throws IOException {
    assertThat(video("mkv", video(codec).profile(profile).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'profile'")
        .hasMessageContaining("'" + profile + "'")
        .hasMessageContaining(known);
  }

  @Test
  void profile_unknownToX264_refusedWithTheNames() throws IOException {
    assumeTrue(isGpl());

    assertThat(video("mp4", video("libx264").profile("zz").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown profile 'zz'")
        .hasMessageContaining("libx264 has: baseline, main, high, high10, high422, high444");
  }

  @ParameterizedTest
  @CsvSource({
    "baseline, yuv444p, high444",
    "high, yuv422p, 'high422, high444'",
    "main, yuv420p10le, 'high10, high422, high444'",
    "main, gray, 'high, high10, high422, high444'"
  })
  void profile_cannotHoldPixelFormat_refusedNamingThoseThatCan(
      String profile, String pixelFormat, String can) throws IOException {
    assumeTrue(isGpl());

    assertThat(video("mp4", video("libx264").profile(profile).pixelFormat(pixelFormat).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "profile '%s' of libx264 cannot hold %s".formatted(profile, pixelFormat))
        .hasMessageEndingWith("these can: " + can);
  }

  @Test
  void profile_cannotBeLossless_refused() throws IOException {
    assumeTrue(isGpl());

    for (VideoOptions.Builder lossless :
        new VideoOptions.Builder[] {
          video("libx264").crf(0),
          video("libx264").quality(Quality.LOSSLESS),
          video("libx264").option("qp", "0")
        }) {
      assertThat(video("mp4", lossless.profile("high").build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("profile 'high' of libx264 cannot hold lossless video");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "baseline, yuv420p",
    "high, gray",
    "high10, yuv420p10le",
    "high422, yuv422p",
    "high444, yuv444p",
    "HIGH, nv12"
  })
  void profile_holdsPixelFormat_accepted(String profile, String pixelFormat) throws IOException {
    assumeTrue(isGpl());

    accepted(
        Encoder.builder(),
        "mp4",
        encoder ->
            encoder.addVideo(video("libx264").profile(profile).pixelFormat(pixelFormat).build()));
  }

  @Test
  void maxBFrames_ofOpenH264_refused() throws IOException {
    assertThat(video("mp4", video("libopenh264").maxBFrames(2).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxBFrames 2: libopenh264 does not support B-frames");
    accepted(
        Encoder.builder(),
        "mp4",
        encoder -> encoder.addVideo(video("libopenh264").maxBFrames(0).build()));
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, 15, 48, 16x16",
    "libopenh264, 48, 15, 16x16",
    "libopenh264, 2, 2, 16x16",
    "libx264, 15, 48, 16x16",
    "libx264, 48, 14, 16x16",
    "libx265, 15, 15, 64x16",
    "libx265, 63, 64, 64x16",
    "libsvtav1, 31, 48, 32x32",
    "libsvtav1, 48, 31, 32x32",
    "libsvtav1, 8, 8, 32x32"
  })
  void size_tooSmall_refusedWithTheMinimum(String codec, int width, int height, String minimum)
      throws IOException {
    assumeTrue(isGpl() || !codec.startsWith("libx26"));

    assertThat(video("mkv", VideoOptions.builder(width, height, 25).codec(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(codec)
        .hasMessageContaining(minimum)
        .hasMessageContaining(width + "x" + height)
        .hasMessageContaining("outputSize");
  }

  @ParameterizedTest
  @CsvSource({"65, 48", "64, 47", "65, 47"})
  void size_oddForSubsampledFormat_refusedWithAlternatives(int width, int height)
      throws IOException {
    for (String codec : new String[] {h264(), "libvpx-vp9", "mpeg4", "libopenh264"}) {
      assertThat(video("mkv", VideoOptions.builder(width, height, 25).codec(codec).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs even dimensions, not " + width + "x" + height)
          .hasMessageContaining("yuv420p")
          .hasMessageContaining(
              "outputSize(%d, %d)".formatted(width + (width & 1), height + (height & 1)))
          .hasMessageContaining("pixelFormat(\"yuv444p\")");
    }
  }

  @Test
  void size_oddOutput_refusedThoughInputIsEven() throws IOException {
    assertThat(video("mkv", video("mpeg4").outputSize(33, 32).fit(Fit.STRETCH).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs even dimensions, not 33x32");
  }

  @Test
  void size_oddWithSuggestedAlternative_accepted() throws IOException {
    accepted(
        Encoder.builder(),
        "mkv",
        encoder -> {
          encoder.addVideo(
              VideoOptions.builder(65, 47, 25).codec("mpeg4").outputSize(66, 48).build());
          encoder.addVideo(
              VideoOptions.builder(65, 47, 25).codec("libvpx-vp9").pixelFormat("yuv444p").build());
        });
  }

  @Test
  void size_tooLargeForTheEncoder_refused() throws IOException {
    assertThat(video("mkv", VideoOptions.builder(16_384, 16_384, 25).codec("libvpx-vp9").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("libvpx-vp9 does not support 16384x16384 at 25 frames a second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"avi", "h264"})
  void variableFrameRate_ofContainerWithout_refusedNamingThoseWith(String format)
      throws IOException {
    assertThat(video(format, video(h264()).variableFrameRate(true).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variableFrameRate: container " + format)
        .hasMessageContaining("mp4, mov, mkv");
  }

  @Test
  void variableFrameRate_ofCodecWithout_refused() throws IOException {
    assertThat(video("mkv", video("mpeg2video").variableFrameRate(true).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variableFrameRate: mpeg2video requires a constant frame rate");
  }

  @Test
  void device_cudaWithoutItsBackend_refusedNamingTheArtifact() throws IOException {
    assertThat(video("mp4", VideoOptions.builder(64, 48, 25).device(Device.cuda(0)).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder-cuda");
  }
}
