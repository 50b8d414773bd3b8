package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresFfmpegCli
class ReadFramesTest {
  @TempDir static Path folder = Path.of("");

  private static Path file = Path.of("");

  @BeforeAll
  static void makeFile() throws Exception {
    file = SampleFile.write(folder.resolve("in.mp4"));
  }

  @ParameterizedTest
  @CsvSource({"nhwc, '[3, 90, 160, 3]'", "nchw, '[3, 3, 90, 160]'"})
  void main_seekAndStream_giveTheSameFrames(String layout, String shape) throws IOException {
    String seek = Output.of(ReadFrames::main, file, "30,3,74", layout, "seek");
    String stream = Output.of(ReadFrames::main, file, "30,3,74", layout, "stream");

    assertThat(seek.lines().limit(3))
        .containsExactly("frame 30 at PT1.2S", "frame 3 at PT0.12S", "frame 74 at PT2.96S");
    assertThat(seek).contains(shape + ", CRC ");
    // the same lines in the order of the file, and the same bytes
    assertThat(stream.lines()).containsExactlyInAnyOrderElementsOf(seek.lines().toList());
  }

  @Test
  void main_streamToAFrameThatIsMissing_fails() {
    assertThatThrownBy(() -> Output.of(ReadFrames::main, file, "75", "nhwc", "stream"))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no frame 75: the video has 75");
  }
}
