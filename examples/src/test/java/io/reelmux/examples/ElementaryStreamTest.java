package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresFfmpegCli
class ElementaryStreamTest {
  private static final int FRAMES = 100;

  @TempDir Path directory = Path.of("");

  /** Each setting is read from the bit stream. */
  @ParameterizedTest
  @CsvSource({"out.h264, h264, 7", "out.h265, hevc, 33"})
  void main_settings_areInTheStream(String name, String codec, int sps) throws Exception {
    Path file = directory.resolve(name);

    Output.of(ElementaryStream::main, file);

    assertThat(
            FfmpegCli.ffprobe(
                file,
                "-count_packets",
                "-show_entries",
                "stream=codec_name,profile,width,height,has_b_frames,pix_fmt,r_frame_rate,"
                    + "nb_read_packets"))
        .containsExactly(codec + ",Main,640,360,0,yuv420p,25/1,100");
    assertThat(keyFrames(file)).containsExactly(0, 25, 40, 65, 90);
    assertThat(Files.size(file) * 8 * 25 / FRAMES).isBetween(540_000L, 660_000L);
    byte[] stream = Files.readAllBytes(file);
    assertThat(stream).startsWith(0, 0, 0, 1);
    assertThat(parameterSets(stream, sps)).isEqualTo(5);
  }

  private static List<Integer> keyFrames(Path file) throws Exception {
    List<String> flags = FfmpegCli.ffprobe(file, "-show_entries", "packet=flags");
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < flags.size(); i++) {
      if (flags.get(i).startsWith("K")) {
        keys.add(i);
      }
    }
    return keys;
  }

  private static int parameterSets(byte[] stream, int type) {
    int count = 0;
    for (int i = 0; i + 3 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        int found = type == 7 ? stream[i + 3] & 31 : stream[i + 3] >> 1 & 63;
        count += found == type ? 1 : 0;
      }
    }
    return count;
  }
}
