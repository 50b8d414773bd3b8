package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordAndStreamTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_connectionBreaks_recordingIsWhole() throws IOException {
    Path file = directory.resolve("recording.mp4");

    String out = Output.of(RecordAndStream::main, file);

    assertThat(out.lines())
        .containsExactly(
            "live failed: connection reset",
            "recording: mp4, complete",
            "live: mpegts, incomplete");
    assertThat(StreamPlayer.open(file, 0).times()).hasSize(150);
  }
}
