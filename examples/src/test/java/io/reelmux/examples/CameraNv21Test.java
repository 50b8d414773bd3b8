package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class CameraNv21Test {
  @TempDir Path directory = Path.of("");

  @Test
  void run_paddedFrames_areShownUprightInTheirColors() throws Exception {
    Path file = directory.resolve("out.mp4");

    Run.of(CameraNv21::run, file, 8).succeeded();

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=width,height,nb_frames"))
        .singleElement()
        .asString()
        .startsWith("640,480,8");
    List<String> times = FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time");
    assertThat(times.stream().map(Double::parseDouble).sorted())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b))
        .containsExactly(0.0, 0.035333, 0.070667, 0.1, 0.135333, 0.170667, 0.2, 0.235333);
    // ffmpeg turns it as players do: what was on the left is above
    RawVideo video = RawVideo.rgb(file, 480, 640);
    assertThat(video.frames()).isEqualTo(8);
    video.assertPixel(5, 240, 160, 12, 254, 0, 0);
    video.assertPixel(5, 240, 480, 12, 0, 0, 254);
    assertThat(video.at(5, 240, 5 * 8 + 4, 1)).as("the bright line").isGreaterThan(100);
    GalleryStill.check("CameraNv21", video);
  }
}
