package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class OpenCvMatTest {
  @TempDir Path directory = Path.of("");

  @Test
  void run_regionOfAMatrix_showsTheDisk() throws Exception {
    Path file = directory.resolve("out.mp4");

    Run.of(OpenCvMat::run, file).succeeded();

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name,nb_frames"))
        .containsExactly("h264,100");
    RawVideo video = RawVideo.rgb(file, 320, 240);
    // the center of frame n is at 10 + 3 n of the region
    video.assertPixel(50, 160, 120, 10, 255, 128, 0);
    video.assertPixel(50, 60, 120, 20, 255, 255, 255);
    video.assertPixel(0, 20, 120, 10, 255, 128, 0);
    GalleryStill.check("OpenCvMat", video);
  }
}
