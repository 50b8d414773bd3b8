package io.reelmux.demos.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --device cuda:0} on the stand-in driver: the CPU decodes, and the program counts the
 * frames that are then copied.
 */
@RequiresStandin
class TranscodeStandinTest {
  @TempDir Path directory = Path.of("");

  @Test
  void run_manyStreams_keepsEachAndCountsHostCopies() throws IOException {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy, "--device", "cuda:0");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("frames copied from host to GPU: 110, decoded on the CPU")
        .containsPattern("0 +video +h264_nvenc +nv12 +50 ")
        .containsPattern("1 +video +h264_nvenc +nv12 +60 ")
        .doesNotContain("on the CPU:");
    assertThat(StreamPlayer.streams(copy)).isEqualTo(StreamPlayer.streams(source));
    // the encoder of the stand-in is lossless
    for (int stream = 0; stream < 2; stream++) {
      Likeness likeness = Likeness.ofVideo(source, stream, copy, stream);
      assertThat(likeness.frames()).isEqualTo(stream == 0 ? 50 : 60);
      assertThat(likeness.surplus()).isZero();
      assertThat(likeness.minPsnr()).isInfinite();
    }
  }

  @Test
  void run_anotherSize_scales() throws IOException {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mkv");

    assertThat(Run.of(source, copy, "--device", "cuda:0", "--size", "80x46").status()).isZero();

    assertThat(StreamPlayer.streams(copy))
        .hasSize(4)
        .filteredOn(line -> line.startsWith("video h264 80x46 "))
        .hasSize(2);
  }

  @Test
  void run_framesAtTheirOwnTimes_keepsThem() throws IOException {
    double[] times = {0, 0.1, 0.15, 0.4, 1.1};
    Path source = Sources.framesAt(directory.resolve("in.mp4"), times);
    Path copy = directory.resolve("out.mp4");

    assertThat(Run.of(source, copy, "--device", "cuda:0").status()).isZero();

    StreamPlayer decoder = StreamPlayer.open(copy, 0);
    List<Double> copied = decoder.times();
    assertThat(copied).hasSize(times.length);
    for (int n = 0; n < times.length; n++) {
      assertThat(copied.get(n)).isCloseTo(times[n], within(1e-4));
    }
  }

  @Test
  @RequiresFfmpegCli
  void run_damagedPacket_isSkippedAndReported() throws Exception {
    Path source = Sources.framesAt(directory.resolve("in.mp4"), 0, 0.04, 0.08, 0.12, 0.16);
    Sources.damagePacket(source, 3);
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy, "--device", "cuda:0");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("frames copied from host to GPU: 4,", "damaged: ");
  }

  @Test
  void run_sizeChangesMidStream_scalesToTheFirst() throws IOException {
    Path source = Sources.twoSizes(directory.resolve("in.ts"));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy, "--device", "cuda:0");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("frames copied from host to GPU: 20,");
    assertThat(StreamPlayer.streams(copy))
        .singleElement()
        .asString()
        .startsWith("video h264 160x120 ");
  }

  @Test
  void run_notAMediaFile_fails() throws IOException {
    Path source = Files.writeString(directory.resolve("in.mp4"), "no media in here");
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy, "--device", "cuda:0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("Transcode: ").doesNotContain("\tat ");
    assertThat(copy).doesNotExist();
  }

  @Test
  void run_oddSize_isRefused() throws IOException {
    Path source = Sources.oddSize(directory.resolve("in.mkv"));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy, "--device", "cuda:0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("Transcode: ", "needs even dimensions, not 161x91")
        .doesNotContain("\tat ");
    assertThat(copy).doesNotExist();
  }
}
