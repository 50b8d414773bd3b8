package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "encode --help", "transcode -h", "info --help", "doctor --help"})
  void help_isOnStandardOutput(String line) {
    Cli.Result result = Cli.run((Object[]) line.split(" ")).done();

    assertThat(result.out()).contains("Usage: reelmux", "Exit codes:", "--json");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void version_isTheProjects() {
    assertThat(Cli.run("--version").done().out()).matches("reelmux \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void noCommand_printsUsage() {
    Cli.Result result = Cli.run();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("Usage: reelmux", "encode", "transcode", "info", "doctor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "encod a b | there is no command 'encod' | try: encode",
        "encode a.png b.mp4 --siez 3x3 | '--siez' | --size",
        "encode a.png b.mp4 --size 3 | '3' is not a size such as 1280x720 | try: reelmux encode"
            + " --help",
        "encode a.png b.mp4 --rate x | 'x' is not a frame rate | try: reelmux encode --help",
        "encode a.png b.mp4 --bitrate 9q | '9q' is not a bit rate such as 2500k | --help",
        "encode a.png b.mp4 --device gpu | 'gpu' is not a device: cpu, cuda or cuda:1 | --help",
        "encode a.png b.mp4 --fit wide | expected one of [DENY, STRETCH, CONTAIN, COVER] | --help",
        "encode a.png | only one file is named | try: reelmux encode a.png out.mp4",
        "encode a.png b.mp4 --shortest | --shortest needs --audio | try: --audio FILE",
        "encode a.png b.mp4 --channels 1 | an option of the audio needs --audio | try: --audio"
            + " FILE",
        "encode - b.mp4 | standard input has raw frames | try: --layout RGB24 --size 640x360",
        "encode - b.mp4 --layout i420 | --layout needs the size | try: --size 640x360",
        "encode a b c.mp4 --layout i420 --size 2x2 | raw frames come from one file, not 2 | try:"
            + " cat",
        "transcode a | missing required parameter: 'OUT' | try: reelmux transcode --help",
        "transcode a b --from 1:2:3:4 | '1:2:3:4' is not a time such as 83.5 | --help",
        "encode none*.png b.mp4 | no file matches none*.png | try: ls ."
      })
  void mistake_isToldWithTheNextStep(String line, String message, String next) {
    Cli.Result result = Cli.run((Object[]) line.split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("error: ").contains(message).contains("try: ", next);
    assertThat(result.err().lines()).hasSizeLessThan(4);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void mistake_withJson_isAnObjectToo() {
    Cli.Result result = Cli.run("encode", "a.png", "b.mp4", "--size", "3", "--json");

    assertThat(result.last().get("event").getAsString()).isEqualTo("error");
    assertThat(result.last().get("exit").getAsInt()).isEqualTo(2);
    assertThat(result.last().get("next").getAsString()).isEqualTo("reelmux encode --help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "out.xyz | the extension '.xyz' of 'out.xyz'",
        "out.m3u8 | '.m3u8' writes to files",
        "out.png | '.png' writes to files",
        "none/out.mp4 | none: the directory does not exist",
      })
  void output_thatCannotBeWritten_isNamed(String name, String message) throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 1);

    Cli.Result result = Cli.run("encode", frames, directory.resolve(name));

    assertThat(result.exit()).isPositive();
    assertThat(result.err()).contains(message, "try: ").doesNotContain(".part");
    assertThat(directory).isDirectoryNotContaining("glob:**/*.part*");
  }

  @ParameterizedTest
  @CsvSource({"h265", "libx265", "libx999"})
  void codec_thatThisBuildLacks_leadsToTheDoctor(String codec) throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 1);

    Cli.Result result = Cli.run("encode", frames, directory.resolve("o.mp4"), "--codec", codec);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(codec, "reelmux doctor");
  }
}
