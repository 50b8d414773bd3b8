package io.reelmux.ffmpeg.rate;

import static io.reelmux.ffmpeg.rate.RateControlTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.RateControl;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scale of speeds, and settings without delay. */
class SpeedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libx264",
        "libx265",
        "libsvtav1",
        "libvpx",
        "libvpx-vp9",
        "libaom-av1",
        "libopenh264",
        "mpeg4",
        "mpeg2video",
        "mjpeg",
        "png",
        "ffv1",
        "prores_ks"
      })
  void lowLatency_everyFrameLeavesBeforeTheNext(String codec) throws IOException {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));
    VideoOptions options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
            .codec(codec)
            .lowLatency(true)
            .build();

    Clip.Encoded clip = Clip.encode(options, 30);

    assertThat(clip.packets()).hasSize(30);
    assertThat(clip.held()).isZero();
  }

  @Test
  void lowLatency_withConstantBitRate_leavesAtOnceToo() throws IOException {
    for (String codec : Clip.encoders().toList()) {
      VideoOptions options =
          Clip.options(codec)
              .lowLatency(true)
              .bitRate(200_000)
              .rateControl(RateControl.CONSTANT_BIT_RATE)
              .build();

      assertThat(Clip.encode(options, 30).held()).as(codec).isZero();
    }
  }

  @Test
  void lowLatency_combinesWithATuneOfX264() throws IOException {
    assumeTrue(Clip.gpl());
    VideoOptions options = Clip.options("libx264").lowLatency(true).option("tune", "film").build();

    assertThat(Clip.encode(options, 30).held()).isZero();
    refused(
            Clip.options("libsvtav1")
                .lowLatency(true)
                .option("svtav1-params", "pred-struct=2")
                .build())
        .withMessageContaining("VideoOptions.lowLatency both set pred-struct");
    refused(Clip.options("libx265").lowLatency(true).option("tune", "grain").build())
        .withMessageContaining("option 'tune' and VideoOptions.lowLatency");
  }

  @Test
  void lowLatency_ofEncoderThatHoldsFrames_refusedNamingOthers() {
    refused(Clip.options("mpeg1video").lowLatency(true).build())
        .withMessageContaining("lowLatency: mpeg1video always holds frames back; these need not: ")
        .withMessageContaining("mpeg2video");
  }

  @ParameterizedTest
  @CsvSource({"libx264", "libx265", "libsvtav1", "libvpx", "libvpx-vp9", "libaom-av1"})
  void speed_everyLevel_opens(String codec) throws IOException {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));
    for (Speed speed : Speed.values()) {
      try (Encoder encoder = Encoder.create()) {
        encoder.addVideo(
            VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
                .codec(codec)
                .speed(speed)
                .build());
        encoder.openFileLike(new ByteArrayOutput(), "mkv");
        encoder.cancel();
      }
    }
  }

  @Test
  void speed_isThePreset() throws IOException {
    assumeTrue(Clip.gpl());
    VideoOptions.Builder options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
            .codec("libx264")
            .option("mbtree", "0"); // not repeatable on every processor

    double bySpeed = Clip.encode(options.speed(Speed.FAST).build(), 25).bitRate(0, 25);
    double byPreset =
        Clip.encode(options.unsetSpeed().preset("veryfast").build(), 25).bitRate(0, 25);

    assertThat(bySpeed).isEqualTo(byPreset);
  }

  @Test
  void speed_refusals() {
    refused(Clip.options("mpeg4").speed(Speed.FAST).build())
        .withMessageContaining("speed FAST: mpeg4 has only one; these have several: ")
        .withMessageContaining("libvpx-vp9");
    refused(Clip.options("libvpx-vp9").option("cpu-used", "4").build())
        .withMessageContaining("option 'cpu-used' and VideoOptions.speed say the same thing");
    refused(Clip.options("libvpx-vp9").unsetSpeed().preset("fast").build())
        .withMessageContaining(
            "preset 'fast': libvpx-vp9 has no presets; set VideoOptions.speed, or its option"
                + " cpu-used, deadline");
  }
}
