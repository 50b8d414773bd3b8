package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each level of {@link Quality} changes the file of every encoder, or every level is refused. */
class QualityTest {
  static final List<Quality> LEVELS =
      List.of(Quality.LOWEST, Quality.LOW, Quality.MEDIUM, Quality.HIGH, Quality.HIGHEST);

  /** Encoders with a constant quality, by a list of its own that must not shrink. */
  static final Set<String> WITH_QUALITY =
      Set.of(
          "asv1",
          "asv2",
          "cfhd",
          "flv",
          "h261",
          "h263",
          "h263p",
          "jpeg2000",
          "libaom-av1",
          "libopenh264",
          "libsvtav1",
          "libvpx",
          "libvpx-vp9",
          "libwebp",
          "libwebp_anim",
          "libx264",
          "libx264rgb",
          "libx265",
          "mjpeg",
          "mpeg1video",
          "mpeg2video",
          "mpeg4",
          "msmpeg4",
          "msmpeg4v2",
          "prores_ks",
          "rv10",
          "rv20",
          "snow",
          "speedhq",
          "svq1",
          "wmv1",
          "wmv2");

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.media.VideoEncoders#names")
  void quality_everyEncoder_isMonotonicOrRefused(String encoder) throws IOException {
    VideoOptions.Builder options = VideoEncoders.options(encoder, 128, 96);
    VideoOptions plain = options.build();
    List<byte[]> clip = NoisyClip.frames(plain.width(), plain.height(), 3);
    List<VideoFrame> frames =
        clip.stream().map(rgb -> Fixtures.rgb24(plain.width(), plain.height(), rgb)).toList();
    if (!WITH_QUALITY.contains(encoder)) {
      for (Quality level : LEVELS) {
        assertThatThrownBy(() -> VideoEncoders.encode(options.quality(level).build(), frames))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(encoder + " has no constant quality for Quality." + level)
            .hasMessageContaining("set ");
      }
      return;
    }
    long bytes = 0;
    double psnr = 0;
    for (Quality level : LEVELS) {
      VideoEncoders.Encoded encoded = VideoEncoders.encode(options.quality(level).build(), frames);
      double now = VideoEncoders.UNDECODED.contains(encoder) ? psnr + 1 : encoded.psnr(clip);
      assertThat(encoded.bytes()).as("bytes of %s %s", encoder, level).isGreaterThan(bytes);
      assertThat(now).as("PSNR of %s %s", encoder, level).isGreaterThan(psnr);
      bytes = encoded.bytes();
      psnr = now;
    }
  }
}
