package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ListEncodersTest {

  @Test
  void main_listsLibrariesContainersAndEncoders() throws IOException {
    String out = Output.of(ListEncoders::main);

    assertThat(out)
        .startsWith("FFmpeg ")
        .contains("H.264 in MP4: supported")
        .containsPattern("containers: .*\\bmatroska\\b.*\\bmp4\\b")
        .containsPattern("VIDEO encoders:\\R(  .*\\R)*  libx264 +h264 ")
        .containsPattern("AUDIO encoders:\\R(  .*\\R)*  aac +aac ");
  }

  @Test
  void main_nameOfAnEncoder_listsItsFormatsAndOptions() throws IOException {
    String out = Output.of(ListEncoders::main, "libx264");

    assertThat(out)
        .startsWith("libx264: ")
        .containsPattern("formats: .*yuv420p")
        .contains("  crf ");
  }

  @Test
  void main_unknownEncoder_reportsIt() throws IOException {
    assertThat(Output.of(ListEncoders::main, "libx999")).startsWith("no encoder libx999");
  }
}
