package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressAndCancelTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_canceled_leavesNoFile() throws IOException {
    Path file = directory.resolve("out.mp4");

    String out = Output.of(ProgressAndCancel::main, file, 0.3, 1_000_000);

    assertThat(out).contains("canceled; file exists: false").doesNotContain("finished");
    assertThat(file).doesNotExist();
  }

  @Test
  void main_notCanceled_printsProgressAndFinishes() throws IOException {
    Path file = directory.resolve("out.mp4");

    String out = Output.of(ProgressAndCancel::main, file, 600, 100);

    assertThat(out).contains("\r50%, ", "\r100%, ", "finished: ").doesNotContain("canceled");
    StreamPlayer video = StreamPlayer.open(file, 0);
    assertThat(video.times()).hasSize(100);
  }
}
