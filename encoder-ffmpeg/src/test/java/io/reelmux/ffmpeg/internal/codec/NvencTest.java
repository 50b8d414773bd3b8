package io.reelmux.ffmpeg.internal.codec;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.reelmux.Device;
import io.reelmux.VideoOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that would crash the process inside NVIDIA's driver; refusing them needs no driver. */
class NvencTest {

  @ParameterizedTest
  @CsvSource({
    "h264_nvenc, qp, 0, 15",
    "h264_nvenc, qp, 14, 15",
    "hevc_nvenc, init_qpP, 10, 15",
    "hevc_nvenc, init_qpI, 14, 15",
    "h264_nvenc, init_qpB, 1, 15",
    "h264_nvenc, qmax, 14, 15",
    "h264_nvenc, global_quality, 5, 15",
    "av1_nvenc, qp, 74, 75",
  })
  void check_constantQpBelowMinimum_isRefused(
      String encoder, String option, String value, int min) {
    VideoOptions options = options(option, value);

    assertThatThrownBy(() -> EncoderProfile.of(encoder).check(options, AV_PIX_FMT_YUV420P))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '%s' of encoder %s is %s", option, encoder, value)
        .hasMessageContaining("below " + min)
        .hasMessageContaining("Quality.LOSSLESS");
  }

  @ParameterizedTest
  @CsvSource({
    "h264_nvenc, qp, 15",
    "h264_nvenc, qp, -1",
    "av1_nvenc, qp, 75",
    "h264_nvenc, cq, 1",
    "libx264, qp, 0",
  })
  void check_otherQuality_isAccepted(String encoder, String option, String value) {
    VideoOptions options = options(option, value);

    assertThatCode(() -> EncoderProfile.of(encoder).check(options, AV_PIX_FMT_YUV420P))
        .doesNotThrowAnyException();
  }

  private static VideoOptions options(String option, String value) {
    return VideoOptions.builder(64, 64, 25).device(Device.cuda()).option(option, value).build();
  }
}
