package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class ParallelEncodeTest {
  @TempDir private Path folder;

  @Test
  void main_fileWithAudio_isEncodedInChunksAndJoined() throws Exception {
    Path in = SampleFile.write(folder.resolve("in.mp4"));
    Path out = folder.resolve("out.mp4");

    String printed = Output.of(ParallelEncode::main, in, out, 2);

    assertThat(printed)
        .contains("75 frames in 2 chunks, 160x90 at 25, h264")
        .contains("Verification[frames=75, keyFrames=2, decoded=false]");
    assertThat(StreamPlayer.streams(out))
        .containsExactly("video h264 160x90 25/1", "audio aac 48000 Hz 1 ch");
    assertThat(StreamPlayer.open(out, 0).times()).hasSize(75);
  }
}
