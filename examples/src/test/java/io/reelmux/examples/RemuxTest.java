package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresFfmpegCli
class RemuxTest {
  @TempDir static Path folder = Path.of("");

  private static Path file = Path.of("");

  @BeforeAll
  static void makeFile() throws Exception {
    file = SampleFile.write(folder.resolve("in.mp4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.mkv", "out.mp4", "out.ts"})
  void main_wholeFile_hasTheSamePackets(String name) throws Exception {
    Path copy = folder.resolve(name);

    Output.of(Remux::main, file, copy);

    assertThat(frames(copy)).isEqualTo(frames(file));
    assertThat(packets(copy, "a")).isEqualTo(packets(file, "a"));
  }

  /** Key frames are at 0, 1 and 2 seconds. */
  @Test
  void main_part_beginsAndEndsAtKeyFrames() throws Exception {
    Path part = folder.resolve("part.mp4");

    Output.of(Remux::main, file, part, "1.5", "1.7");

    assertThat(frames(part)).isEqualTo(frames(file).subList(25, 50));
    StreamPlayer video = StreamPlayer.open(part, 0);
    assertThat(video.times().get(0)).isZero();

    // a second, less one that begins before it, in packets of 1024 samples at 48000 Hz
    assertThat(packets(part, "a")).isBetween(45L, 47L);
  }

  private static List<Integer> frames(Path video) throws IOException {
    List<Integer> hashes = new ArrayList<>();
    StreamPlayer player = StreamPlayer.open(video, 0);
    for (byte[] frame = player.frame(); frame != null; frame = player.frame()) {
      hashes.add(Arrays.hashCode(frame));
    }

    return hashes;
  }

  private static long packets(Path media, String stream) throws Exception {
    return FfmpegCli.ffprobe(media, "-select_streams", stream, "-show_entries", "packet=size")
        .size();
  }
}
