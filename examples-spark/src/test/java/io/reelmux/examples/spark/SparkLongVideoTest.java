package io.reelmux.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class SparkLongVideoTest {
  @TempDir Path folder = Path.of("");

  @Test
  void main_file_isJoinedWithItsAudio() throws Exception {
    Path in = folder.resolve("in.mp4");
    Path out = folder.resolve("out.mp4");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc2=size=96x64:rate=25:duration=25 -f lavfi -i sine=440:d=25"
                + " -c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac "
                + in)
            .split(" "));

    SparkLongVideo.main(new String[] {in.toString(), out.toString()});

    assertThat(StreamPlayer.streams(out))
        .containsExactly("video h264 96x64 25/1", "audio aac 44100 Hz 1 ch");
    assertThat(StreamPlayer.open(out, 0).times()).hasSize(625);
    assertThat(Files.list(folder.resolve("out.mp4.work"))).isEmpty();
  }
}
