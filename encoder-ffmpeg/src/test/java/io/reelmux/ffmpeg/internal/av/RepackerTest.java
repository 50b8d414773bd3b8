package io.reelmux.ffmpeg.internal.av;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.EncoderException;
import io.reelmux.testing.ChildJvm;
import java.time.Duration;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RepackerTest {
  private static final int RGB24 = avutil.AV_PIX_FMT_RGB24;
  private static final int GBRP = avutil.AV_PIX_FMT_GBRP;

  /** A child that touched unmapped memory would end with a signal. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void repack_everyWidth_staysInMemoryAndMovesEachComponent() {
    assumeThat(Repacker.supports(RGB24, GBRP)).isTrue();

    String widths = Boolean.getBoolean("reelmux.stress") ? "2100" : "200";
    assertThat(ChildJvm.of(RepackerTrials.class).with(widths).run(Duration.ofMinutes(10)).lines())
        .contains("32 ways, all widths to " + widths);
  }

  @Test
  void repack_rowsWithoutPadding_areRefused() throws EncoderException {
    assumeThat(Repacker.supports(RGB24, GBRP)).isTrue();
    try (Repacker repacker = Repacker.allocate(RGB24, GBRP, 100, 2);
        Frame from = Frame.video(RGB24, 100, 2);
        Frame to = Repacker.frame(GBRP, 100, 2, 2)) {
      FramePlanes source = new FramePlanes(from.struct());
      FramePlanes target = new FramePlanes(to.struct());

      assertThatThrownBy(() -> repacker.repack(source, 0, target, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be at least 448");
    }
  }

  @Test
  void supports_otherFormats_isFalse() {
    assertThat(Repacker.supports(GBRP, GBRP)).isFalse();
    assertThat(Repacker.supports(RGB24, avutil.AV_PIX_FMT_RGBA)).isFalse();
    assertThat(Repacker.supports(RGB24, avutil.AV_PIX_FMT_GBRP16LE)).isFalse();
    assertThat(Repacker.supports(avutil.AV_PIX_FMT_RGB48BE, avutil.AV_PIX_FMT_GBRP16LE)).isFalse();
    assertThat(Repacker.supports(avutil.AV_PIX_FMT_YUV444P, RGB24)).isFalse();
  }
}
