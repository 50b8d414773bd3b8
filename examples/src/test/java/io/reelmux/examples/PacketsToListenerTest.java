package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketsToListenerTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_packetsFormARawH264Stream() throws IOException {
    Path file = directory.resolve("out.h264");

    String out = Output.of(PacketsToListener::main, file);

    assertThat(out).contains("key frame at PT0S, ", "key frame at PT1S, ", "key frame at PT2S, ");
    assertThat(out).endsWithIgnoringCase("90 packets" + System.lineSeparator());
    assertThat(Files.readAllBytes(file)).startsWith(0, 0, 0, 1);
    assertThat(StreamPlayer.streams(file))
        .singleElement()
        .asString()
        .startsWith("video h264 640x360 ");
    StreamPlayer video = StreamPlayer.open(file, 0);
    assertThat(video.times()).hasSize(90);
  }
}
