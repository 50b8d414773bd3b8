package io.reelmux.cli;

import static io.reelmux.testing.FfmpegCli.ffmpeg;
import static io.reelmux.testing.FfmpegCli.ffprobe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresFfmpegCli
class TranscodeCommandTest {
  @TempDir static Path inputs = Path.of("");
  private static Path input = Path.of("");

  @TempDir Path directory = Path.of("");
  private Path output = Path.of("");

  @BeforeAll
  static void makeInput() throws Exception {
    input = Inputs.video(inputs.resolve("in.mp4"), 25);
  }

  @BeforeEach
  void nameOutput() {
    output = directory.resolve("out.mkv");
  }

  @Test
  void size_scalesAndKeepsTagsAndLanguages() throws Exception {
    Cli.Result result =
        Cli.run("transcode", input, output, "--size", "32x24", "--crf", "30").done();

    assertThat(streams("v", "codec_name,width,height,nb_read_frames"))
        .containsExactly("h264,32,24,25");
    assertThat(ffprobe(output, "-show_entries", "format_tags=title"))
        .containsExactly("A small video");
    assertThat(ffprobe(output, "-show_entries", "chapter_tags=title")).hasSize(2);
    assertThat(result.out()).contains("out.mkv: matroska");
  }

  @Test
  void copyAudio_keepsThePackets() throws Exception {
    Cli.run("transcode", input, output, "--copy-audio", "--filter", "hflip").done();

    assertThat(md5(output)).isEqualTo(md5(input));
  }

  private List<String> md5(Path file) throws Exception {
    Path aac = Files.createTempFile(directory, "audio", ".aac");
    ffmpeg("-i", file.toString(), "-vn", "-c", "copy", "-f", "adts", aac.toString());
    return List.of(Arrays.hashCode(Files.readAllBytes(aac)) + " " + Files.size(aac));
  }

  @Test
  void copyBoth_changesTheContainerOnly() throws Exception {
    Cli.run("transcode", input, output, "--copy-audio", "--copy-video").done();

    assertThat(streams("v", "codec_name,nb_read_frames")).containsExactly("h264,25");
    assertThat(ffprobe(output, "-select_streams", "v", "-show_entries", "packet=size"))
        .isEqualTo(ffprobe(input, "-select_streams", "v", "-show_entries", "packet=size"));
  }

  @ParameterizedTest
  @CsvSource({"--from, 0.4, 15", "--to, 0.2, 5"})
  void part_hasItsFramesOnly(String option, String time, String frames) throws Exception {
    Cli.run("transcode", input, output, option, time).done();

    assertThat(streams("v", "nb_read_frames")).containsExactly(frames);
  }

  @Test
  void rate_isConstant() throws Exception {
    Cli.run("transcode", input, output, "--rate", "50", "--no-audio").done();

    assertThat(streams("v", "nb_read_frames")).containsExactly("50");
    assertThat(streams("a", "codec_name")).isEmpty();
  }

  @Test
  void streams_choosesByNumber() throws Exception {
    output = directory.resolve("out.flac");

    Cli.Result result =
        Cli.run("transcode", input, output, "--streams", "1", "--channels", "1").done();

    assertThat(streams("a", "codec_name,channels")).containsExactly("flac,1");
    assertThat(result.out()).contains("note: stream 0 (h264) has been left out");
  }

  @Test
  void sameFile_withOverwrite_isReplacedWhenDone() throws Exception {
    Path own = Files.copy(input, directory.resolve("own.mp4"));

    assertThat(Cli.run("transcode", own, own, "--size", "32x24").exit()).isEqualTo(1);
    Cli.run("transcode", own, own, "--size", "32x24", "--overwrite").done();

    output = own;
    assertThat(streams("v", "width,nb_read_frames")).containsExactly("32,25");
    assertThat(directory.resolve("own.part.mp4")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--copy-audio --channels 1 | --channels has no effect with --copy-audio",
        "--copy-video --crf 20 | --crf has no effect with --copy-video",
        "--no-video --size 2x2 | --size has no effect with --no-video",
        "--fit cover | --fit needs --size",
        "--copy-video --from 1 | --copy-video cannot be cut",
        "--streams 7 | has no stream 7, but 0 to 2",
        "--size 64x64 | try: --fit contain"
      })
  void contradiction_isRefusedBeforeAnythingIsWritten(String options, String message) {
    List<Object> args = new ArrayList<>(List.of("transcode", input, output));
    args.addAll(List.of(options.split(" ")));

    Cli.Result result = Cli.run(args.toArray());

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message).contains("try: ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void device_thatIsMissing_failsUnlessItMayFallBack() throws Exception {
    assumeFalse(EncoderCatalog.load().unavailableReason(Device.cuda()).isEmpty());

    Cli.Result failed = Cli.run("transcode", input, output, "--device", "cuda:0");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("cuda:0", "there is no NVIDIA driver", "--fallback-to-cpu");
    assertThat(directory).isEmptyDirectory();

    Cli.Result result =
        Cli.run("transcode", input, output, "--device", "cuda:0", "--fallback-to-cpu").done();

    assertThat(streams("v", "codec_name")).containsExactly("h264");
    assertThat(result.out()).contains("note: ").contains("cuda:0");
  }

  private List<String> streams(String kind, String entries) throws Exception {
    return ffprobe(
        output, "-count_frames", "-select_streams", kind, "-show_entries", "stream=" + entries);
  }
}
