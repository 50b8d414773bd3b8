package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsRenditionsTest {
  @TempDir Path directory = Path.of("");

  @Test
  @RequiresFfmpegCli
  void main_threeSizes_eachHasEveryFrame() throws Exception {
    String out = Output.of(HlsRenditions::main, directory);

    Path main = directory.resolve("main.m3u8");
    assertThat(out).isEqualToIgnoringNewLines("play " + main);
    assertThat(Files.readString(main))
        .contains("RESOLUTION=640x360", "RESOLUTION=426x240", "RESOLUTION=256x144");
    for (int i = 0; i < 3; i++) {
      Path playlist = directory.resolve("video" + i + ".m3u8");
      assertThat(
              FfmpegCli.ffprobe(
                  playlist, "-allowed_extensions", "ALL", "-show_entries", "packet=pts"))
          .hasSize(150);
    }
    assertThat(
            FfmpegCli.ffprobe(directory.resolve("manifest.mpd"), "-show_entries", "stream=index"))
        .isNotEmpty();
  }
}
