package io.reelmux.ffmpeg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.Disposition;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import org.junit.jupiter.api.Test;

class CpuFallbackTest {

  @Test
  void of_everySetting_dropsOnlyWhatTheDevicesEncoderOwns() {
    VideoOptions wanted =
        VideoOptions.builder(64, 48, 25)
            .device(Device.cuda(1))
            .codec("hevc_nvenc")
            .preset("p5")
            .profile("main")
            .option("rc-lookahead", "8")
            .quality(Quality.HIGH)
            .gop(50)
            .maxBFrames(2)
            .threads(3)
            .outputSize(32, 24)
            .color(ColorSpec.BT601_FULL)
            .rotation(90)
            .variableFrameRate(true)
            .language("eng")
            .title("a title")
            .disposition(Disposition.FORCED)
            .build();

    CpuFallback fallback = CpuFallback.of(wanted);

    assertThat(fallback.device()).isEqualTo(Device.cuda(1));
    assertThat(fallback.leftOut())
        .containsExactly("preset p5", "profile main", "option rc-lookahead=8");
    VideoOptions options = fallback.options();
    assertThat(options.device()).isEqualTo(Device.cpu());
    assertThat(options.codec()).contains("hevc");
    assertThat(options.preset()).isEmpty();
    assertThat(options.profile()).isEmpty();
    assertThat(options.options()).isEmpty();
    assertThat(options.quality()).contains(Quality.HIGH);
    assertThat(options.gop()).hasValue(50);
    assertThat(options.maxBFrames()).hasValue(2);
    assertThat(options.threads()).hasValue(3);
    assertThat(options.outputWidth()).isEqualTo(32);
    assertThat(options.color()).contains(ColorSpec.BT601_FULL);
    assertThat(options.rotation()).isEqualTo(90);
    assertThat(options.variableFrameRate()).isTrue();
    assertThat(options.language()).contains("eng");
    assertThat(options.title()).contains("a title");
    assertThat(options.dispositions()).containsExactly(Disposition.FORCED);
  }
}
