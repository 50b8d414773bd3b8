package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class JavaFxImageTest {
  @TempDir Path directory = Path.of("");

  @Test
  void run_translucentDisk_isOnWhite() throws Exception {
    Path file = directory.resolve("out.mp4");

    String out = Run.of(JavaFxImage::run, file, 61).succeeded();

    // red again, after the whole circle of hues
    assertThat(out)
        .isEqualToNormalizingNewlines("61 frames; the center of the last one is FFFF0000\n");
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name,nb_frames"))
        .containsExactly("h264,61");
    RawVideo video = RawVideo.rgb(file, 320, 180);
    video.assertPixel(0, 160, 90, 6, 255, 0, 0);
    video.assertPixel(20, 160, 90, 6, 0, 255, 0);
    video.assertPixel(40, 160, 90, 6, 0, 0, 255);
    video.assertPixel(0, 4, 4, 4, 255, 255, 255);
    // alpha 0.7: 0.3 of white shows through
    video.assertPixel(0, 200, 90, 10, 255, 77, 77);
    GalleryStill.check("JavaFxImage", video);
  }
}
