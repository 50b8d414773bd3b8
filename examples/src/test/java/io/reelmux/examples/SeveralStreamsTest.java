package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralStreamsTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_eachStreamHasItsOwnSizeRateAndCodec() throws IOException {
    Path file = directory.resolve("out.mkv");

    String out = Output.of(SeveralStreams::main, file);

    assertThat(out.lines().filter(line -> line.startsWith("StreamResult["))).hasSize(4);
    assertThat(StreamPlayer.streams(file))
        .containsExactly(
            "video h264 640x360 30/1",
            "video vp9 320x240 25/1",
            "audio aac 48000 Hz 2 ch",
            "audio opus 48000 Hz 1 ch");
    StreamPlayer wide = StreamPlayer.open(file, 0);
    StreamPlayer detail = StreamPlayer.open(file, 1);
    StreamPlayer english = StreamPlayer.open(file, 2);
    assertThat(wide.times()).hasSize(90);
    assertThat(detail.times()).hasSize(75);
    assertThat(english.samples().length / 48_000.0).isCloseTo(3, within(0.05));
  }

  @Test
  @RequiresFfmpegCli
  void main_readByFfprobe_hasTitlesAndLanguages() throws Exception {
    Path file = directory.resolve("out.mkv");

    Output.of(SeveralStreams::main, file);

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream_tags=language,title"))
        .containsExactly("Stage", "Hands", "eng", "jpn");
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "format_tags=title"))
        .containsExactly("Two cameras");
  }
}
