package io.reelmux.cuda.internal.nvenc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder that is chosen for a stream on a CUDA device. */
class NvencCodecsTest {

  @BeforeAll
  static void loadNatives() throws IOException {
    NativeLibraries.load();
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, h264_nvenc", "mov, h264_nvenc", "mkv, h264_nvenc", "ts, h264_nvenc", "flv, h264_nvenc",
    "avi, h264_nvenc", "webm, av1_nvenc", "ivf, av1_nvenc", "obu, av1_nvenc", "h264, h264_nvenc",
    "hevc, hevc_nvenc", "avif, av1_nvenc"
  })
  void choose_noCodec_isTheContainersDefault(String container, String encoder) {
    assertThat(name(options(), container)).isEqualTo(encoder);
  }

  @Test
  void choose_noContainer_isH264() {
    assertThat(NvencCodecs.choose(options().build(), Container.PACKETS_ONLY).name().getString())
        .isEqualTo("h264_nvenc");
  }

  @ParameterizedTest
  @CsvSource({
    "h264, h264_nvenc",
    "hevc, hevc_nvenc",
    "h265, hevc_nvenc",
    "av1, av1_nvenc",
    "h264_nvenc, h264_nvenc",
    "hevc_nvenc, hevc_nvenc",
    "av1_nvenc, av1_nvenc"
  })
  void choose_codecByEitherName_isNvenc(String codec, String encoder) {
    assertThat(name(options().codec(codec), "mkv")).isEqualTo(encoder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"libx264", "vp9", "libsvtav1", "nonsense", "h264_qsv"})
  void choose_cpuCodec_throws(String codec) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> name(options().codec(codec), "mkv"))
        .withMessage(
            "codec '%s' is not supported on cuda:0: use h264, hevc or av1 (h264_nvenc, hevc_nvenc, av1_nvenc)",
            codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ogg", "gif", "mp3", "wav"})
  void choose_containerWithUnsupportedDefault_throws(String container) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> name(options(), container))
        .withMessageContaining("has no default codec that a CUDA device supports");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "h264, -, -, 8",
        "hevc, -, -, 8",
        "av1, -, -, 8",
        "hevc, main, -, 8",
        "hevc, main10, -, 10",
        "h264, high, -, 8",
        "h264, high10, -, 10",
        "hevc, -, PQ, 10",
        "hevc, -, HLG, 10",
        "hevc, -, BT2020, 10",
        "hevc, -, BT709, 8",
        "av1, -, PQ, 10",
        "h264, -, PQ, 8",
        "hevc, main, PQ, 8"
      })
  void bits_profileAndTransfer_decide(
      String codec, String profile, ColorSpec.Transfer transfer, int bits) {
    VideoOptions.Builder options = options().codec(codec);
    if (profile != null) {
      options.profile(profile);
    }
    if (transfer != null) {
      options.color(
          new ColorSpec(
              ColorSpec.Matrix.BT2020,
              ColorSpec.Range.LIMITED,
              ColorSpec.Primaries.BT2020,
              transfer));
    }
    VideoOptions built = options.build();
    AVCodec chosen = NvencCodecs.choose(built, Container.PACKETS_ONLY);

    assertThat(NvencCodecs.bits(built, chosen)).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource({"h264, -, 8", "h264, high10, 10", "hevc, -, 10", "hevc, main, 8", "av1, -, 10"})
  void bits_preferred_areThoseThatCodecAndProfileHave(String codec, String profile, int bits) {
    VideoOptions.Builder options = options().codec(codec).preferredBitDepth(12);
    if (!profile.equals("-")) {
      options.profile(profile);
    }
    VideoOptions built = options.build();

    assertThat(NvencCodecs.bits(built, NvencCodecs.choose(built, Container.PACKETS_ONLY)))
        .isEqualTo(bits);
  }

  private static String name(VideoOptions.Builder options, String container) {
    return NvencCodecs.choose(options.build(), Container.named(container)).name().getString();
  }

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(64, 48, 25).device(Device.cuda(0));
  }
}
