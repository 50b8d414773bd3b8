package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class ChartVideoTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final int FRAMES = 20;

  @TempDir Path directory = Path.of("");

  private Path make(String name) {
    Path file = directory.resolve(name);
    String out = Run.of(ChartVideo::run, file, WIDTH, HEIGHT, FRAMES).succeeded();
    assertThat(out).startsWith(FRAMES + " frames, ").doesNotContain("transparency");
    return file;
  }

  private static boolean isRed(int[] p) {
    return p[0] > 200 && p[1] < 90 && p[2] < 90;
  }

  /** The line ends at the last value, so that a later frame has more of it. */
  private static int redPixels(RawVideo video, int frame) {
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        count += isRed(video.pixel(frame, x, y)) ? 1 : 0;
      }
    }
    return count;
  }

  private static int darkPixels(RawVideo video, int frame) {
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int[] p = video.pixel(frame, x, y);
        count += p[0] + p[1] + p[2] < 300 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void mp4_transparentChart_isOnWhite() throws Exception {
    Path file = make("chart.mp4");

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name,pix_fmt,nb_frames"))
        .containsExactly("h264,yuv420p,20");
    RawVideo video = RawVideo.rgb(file, WIDTH, HEIGHT);
    assertThat(video.frames()).isEqualTo(FRAMES);
    video.assertPixel(FRAMES - 1, 1, 1, 3, 255, 255, 255);
    video.assertPixel(FRAMES - 1, WIDTH - 2, HEIGHT - 2, 3, 255, 255, 255);
    assertThat(darkPixels(video, 0)).as("labels are black on white").isBetween(100, 9000);
  }

  @Test
  void gif_colors_areThoseOfThePalette() throws Exception {
    Path file = make("chart.gif");

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name,r_frame_rate"))
        .containsExactly("gif,25/1");
    RawVideo video = RawVideo.rgb(file, WIDTH, HEIGHT);
    assertThat(video.frames()).isEqualTo(FRAMES);
    video.assertPixel(10, 1, 1, 0, 255, 255, 255);
    assertThat(redPixels(video, FRAMES - 1)).isGreaterThan(redPixels(video, 3) + 50);
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int[] p = video.pixel(10, x, y);
        colors.add(p[0] << 16 | p[1] << 8 | p[2]);
      }
    }
    assertThat(colors).hasSizeBetween(10, 256).contains(0xFF0000);
  }

  @Test
  void webm_alpha_isKept() throws Exception {
    Path file = make("chart.webm");

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream_tags=alpha_mode"))
        .containsExactly("1");
    RawVideo video = RawVideo.rgbaOfWebm(file, WIDTH, HEIGHT);
    assertThat(video.frames()).isEqualTo(FRAMES);
    assertThat(video.at(FRAMES - 1, 1, 1, 3)).isLessThan(3);
    int opaque = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int[] p = video.pixel(FRAMES - 1, x, y);
        opaque += p[3] > 250 && p[0] > 180 && p[1] < 110 ? 1 : 0;
      }
    }
    assertThat(opaque).as("the line").isGreaterThan(100);
    GalleryStill.check("ChartVideo", video);
  }
}
