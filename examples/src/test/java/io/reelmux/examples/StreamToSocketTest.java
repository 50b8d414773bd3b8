package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamToSocketTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_receiverGetsAFragmentedMp4() throws IOException {
    Path file = directory.resolve("received.mp4");

    String out = Output.of(StreamToSocket::main, file);

    assertThat(out).isEqualToIgnoringNewLines("received " + Files.size(file) + " bytes");
    // a fragment for each second
    assertThat(Files.readString(file, ISO_8859_1).split("moof", -1)).hasSizeGreaterThanOrEqualTo(6);
    assertThat(StreamPlayer.streams(file))
        .singleElement()
        .asString()
        .startsWith("video h264 640x360 ");
    StreamPlayer video = StreamPlayer.open(file, 0);
    assertThat(video.times()).hasSize(150);
  }
}
