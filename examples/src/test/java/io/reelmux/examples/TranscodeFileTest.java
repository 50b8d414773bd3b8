package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class TranscodeFileTest {
  @TempDir static Path folder = Path.of("");

  private static Path file = Path.of("");

  @BeforeAll
  static void makeFile() throws Exception {
    file = SampleFile.write(folder.resolve("in.mp4"));
  }

  @Test
  void main_sizeFilterAndTrim_areApplied() throws Exception {
    Path out = folder.resolve("out.mp4");

    String printed =
        Output.of(
            TranscodeFile::main,
            file,
            out,
            "size=80x60",
            "filter=hue=s=0",
            "trim=1-2",
            "audio=copy");

    assertThat(printed).contains("stream 1 (aac) has been copied, and cut between packets");
    assertThat(StreamPlayer.streams(out))
        .containsExactly("video h264 80x60 25/1", "audio aac 48000 Hz 1 ch");
    StreamPlayer video = StreamPlayer.open(out, 0);
    assertThat(video.times()).hasSize(25);
    byte[] frame = requireNonNull(video.frame());
    // 160x90 fits into 80x60 with black above and below
    assertThat(frame[2 * 80 + 40] & 0xFF).isEqualTo(16);
    // without saturation, chroma is neutral
    assertThat(frame[80 * 60 + 15 * 40 + 20] & 0xFF).isBetween(126, 130);
  }

  @Test
  void main_unknownSetting_fails() {
    Path out = folder.resolve("never.mp4");

    assertThatThrownBy(() -> Output.of(TranscodeFile::main, file, out, "speed=2"))
        .hasMessage("there is no setting speed=2");
    assertThatThrownBy(() -> Output.of(TranscodeFile::main, file, out, "audio=drop"))
        .hasMessage("audio=drop: must be audio=copy");
    assertThat(out).doesNotExist();
  }

  @Test
  void main_wholeFile_encodesAudioToo() throws Exception {
    Path out = folder.resolve("out.webm");

    Output.of(TranscodeFile::main, file, out, "size=80x46");

    assertThat(StreamPlayer.streams(out)).hasSize(2);
    StreamPlayer video = StreamPlayer.open(out, 0);
    assertThat(video.times()).hasSize(75);
  }
}
