package io.reelmux.demos.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscodeTest {

  @TempDir Path directory = Path.of("");

  @Test
  void run_manyStreams_keepsEachAsItIs() throws IOException {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy);

    assertThat(run.status()).isZero();
    assertThat(StreamPlayer.streams(copy))
        .containsExactly(
            "video h264 320x180 25/1",
            "video h264 160x120 30000/1001",
            "audio aac 8000 Hz 2 ch",
            "audio aac 16000 Hz 1 ch")
        .isEqualTo(StreamPlayer.streams(source));
    assertSameVideo(source, 0, copy, 0, 50);
    assertSameVideo(source, 1, copy, 1, 60);
    assertSameAudio(source, 2, copy, 2, 1024.0 / 8000);
    assertSameAudio(source, 3, copy, 3, 1024.0 / 16_000);
  }

  @Test
  void run_toAnotherContainer_usesItsCodecs() throws IOException {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.webm");

    Run run = Run.of(source, copy, "--quality", "LOW");

    assertThat(run.status()).isZero();
    assertThat(StreamPlayer.streams(copy))
        .extracting(line -> line.substring(0, 10))
        .containsExactly("video vp9 ", "video vp9 ", "audio opus", "audio opus");
  }

  @Test
  void run_framesAtTheirOwnTimes_keepsThem() throws IOException {
    double[] times = {0, 0.1, 0.15, 0.4, 1.1};
    Path source = Sources.framesAt(directory.resolve("in.mp4"), times);
    Path copy = directory.resolve("out.mp4");

    assertThat(Run.of(source, copy).status()).isZero();

    StreamPlayer decoder = StreamPlayer.open(copy, 0);
    List<Double> copied = decoder.times();
    assertThat(copied).hasSize(times.length);
    for (int n = 0; n < times.length; n++) {
      assertThat(copied.get(n)).isCloseTo(times[n], within(1e-4));
    }
  }

  @Test
  void run_oddSize_keepsIt() throws IOException {
    Path source = Sources.oddSize(directory.resolve("in.mkv"));
    Path copy = directory.resolve("out.mp4");

    assertThat(Run.of(source, copy).status()).isZero();

    assertThat(StreamPlayer.streams(copy))
        .singleElement()
        .asString()
        .startsWith("video h264 161x91 ");
  }

  @Test
  void run_anotherSize_scales() throws IOException {
    Path source = Sources.framesAt(directory.resolve("in.mp4"), 0, 0.04, 0.08);
    Path copy = directory.resolve("out.mkv");

    assertThat(Run.of(source, copy, "--size", "80x60").status()).isZero();

    assertThat(StreamPlayer.streams(copy))
        .singleElement()
        .asString()
        .startsWith("video h264 80x60 ");
  }

  @Test
  @RequiresFfmpegCli
  void run_subtitles_areLeftOutAndReported() throws Exception {
    Path source =
        Sources.withSubtitles(directory, Sources.twoVideosTwoAudios(directory.resolve("in.mp4")));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy);

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("note: stream 4 (subrip) has been left out");
    assertThat(StreamPlayer.streams(copy)).hasSize(4);
  }

  @Test
  @RequiresFfmpegCli
  void run_readByFfprobe_hasTheSameStreams() throws Exception {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mp4");

    assertThat(Run.of(source, copy).status()).isZero();

    assertThat(
            FfmpegCli.ffprobe(
                copy,
                "-count_frames",
                "-show_entries",
                "stream=r_frame_rate,start_time,nb_read_frames:stream_tags=language"))
        .hasSize(4)
        .startsWith("25/1,0.000000,50,jpn", "30000/1001,0.000000,60,eng");
  }

  @Test
  void main_printsOnlyProgressToStderr() throws Exception {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mp4");

    // native code bypasses System.err, so this needs a process of its own
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      // else the JVM itself warns of native libraries
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Transcode.class.getName(), source.toString(), copy.toString()));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(err.split("[\r\n]+"))
        .allSatisfy(line -> assertThat(line).matches("|Transcoding +\\d+%.*"));
  }

  @ParameterizedTest
  @CsvSource({
    "--size, 320by180, is not a size such as 1280x720",
    "--device, gpu, is not a device such as cpu or cuda:0"
  })
  void run_malformedOption_isRefused(String option, String value, String message) {
    Run run = Run.of("in.mp4", "out.mp4", option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'" + value + "' " + message);
  }

  @Test
  void run_missingFile_saysSo() {
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(directory.resolve("none.mp4"), copy);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("NoSuchFileException", "none.mp4").doesNotContain("\tat ");
    assertThat(copy).doesNotExist();
  }

  @Test
  void run_ontoItself_isRefused() throws IOException {
    Path source = Sources.framesAt(directory.resolve("in.mp4"), 0, 0.1);
    byte[] before = Files.readAllBytes(source);

    Run run = Run.of(source, source);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("cannot be both read and written");
    assertThat(source).hasBinaryContent(before);
  }

  private static void assertSameVideo(Path source, int from, Path copy, int to, int frames)
      throws IOException {
    Likeness likeness = Likeness.ofVideo(source, from, copy, to);
    System.out.printf(
        "%s video %d: %d frames, minimum PSNR %.2f dB%n",
        source.getFileName(), to, likeness.frames(), likeness.minPsnr());
    assertThat(likeness.frames()).isEqualTo(frames);
    assertThat(likeness.surplus()).isZero();
    assertThat(likeness.minPsnr()).isGreaterThanOrEqualTo(35);
    StreamPlayer a = StreamPlayer.open(source, from);
    StreamPlayer b = StreamPlayer.open(copy, to);
    assertThat(b.seconds()).isCloseTo(a.seconds(), within(a.seconds() / frames));
    assertThat(Likeness.largestDifference(a.times(), b.times())).isLessThan(1e-4);
  }

  private static void assertSameAudio(Path source, int from, Path copy, int to, double frameSeconds)
      throws IOException {
    StreamPlayer a = StreamPlayer.open(source, from);
    StreamPlayer b = StreamPlayer.open(copy, to);
    assertThat(b.seconds()).isCloseTo(a.seconds(), within(frameSeconds));
    double likeness = Likeness.ofAudio(a.samples(), b.samples());
    System.out.printf("%s audio %d: SNR %.1f dB%n", source.getFileName(), to, likeness);
    assertThat(likeness).isGreaterThan(20);
  }
}
