package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.Programs;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class JshellTest {
  private static final Path JSHELL = Path.of(System.getProperty("java.home"), "bin", "jshell");

  @TempDir Path directory = Path.of("");

  @Test
  void gradient_inJshell_writesAVideo() throws Exception {
    assumeTrue(Files.isExecutable(JSHELL) || Programs.areRequired(), "this runtime has no jshell");
    Path file = directory.resolve("out.mp4");

    Process shell =
        new ProcessBuilder(
                JSHELL.toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "-R-Dout=" + file,
                "-J-Djava.util.prefs.userRoot=" + directory,
                "-J-Djava.util.prefs.systemRoot=" + directory,
                Path.of("src", "main", "jshell", "gradient.jsh").toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor()).as(out).isZero();
    assertThat(out).contains("PT2S");
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name,nb_frames"))
        .containsExactly("h264,50");
    RawVideo video = RawVideo.rgb(file, 320, 180);
    video.assertPixel(40, 160, 90, 8, 128, 0, 200);
    GalleryStill.check("jshell", video);
  }
}
