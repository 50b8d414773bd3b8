package io.reelmux.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkClipsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void main_writesClipsAndTheirList() throws Exception {
    Path clips = folder.resolve("clips");

    SparkClips.main(new String[] {clips.toString()});

    assertThat(Files.readAllLines(clips.resolve("manifest.jsonl"))).hasSize(12);
    for (int n = 0; n < 12; n++) {
      Path clip = clips.resolve("ball-" + n + ".mp4");
      assertThat(StreamPlayer.streams(clip)).containsExactly("video h264 320x180 25/1");
      assertThat(StreamPlayer.open(clip, 0).times()).hasSize(50);
    }
  }
}
