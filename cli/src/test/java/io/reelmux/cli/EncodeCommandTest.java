package io.reelmux.cli;

import static io.reelmux.testing.FfmpegCli.ffmpeg;
import static io.reelmux.testing.FfmpegCli.ffprobe;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class EncodeCommandTest {
  @TempDir Path directory = Path.of("");

  private Path output = Path.of("");

  @BeforeEach
  void nameOutput() {
    output = directory.resolve("out.mp4");
  }

  @Test
  void directory_ofImages_isOneFrameEach() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 12);
    Files.writeString(frames.resolve("notes.txt"), "no image");

    Cli.Result result = Cli.run("encode", frames, output, "--rate", "30000/1001").done();

    assertThat(video("codec_name,width,height,r_frame_rate,nb_read_frames"))
        .containsExactly("h264,64,48,30000/1001,12");
    assertThat(result.out()).contains("12 frames").contains("has 1 other files");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void images_areInNumericalOrder() throws Exception {
    Inputs.images(directory.resolve("frames"), 12);

    Path lossless = directory.resolve("out.mkv");
    Cli.run(
            "encode",
            directory.resolve("frames") + "/*.png",
            lossless,
            "--quality",
            "lossless",
            "--codec",
            "ffv1")
        .done();

    assertThat(whiteColumns(lossless)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  private List<Integer> whiteColumns(Path file) throws Exception {
    Path frames = Files.createDirectory(directory.resolve("decoded"));
    ffmpeg("-i", file.toString(), "-pix_fmt", "rgb24", frames.resolve("%03d.png").toString());
    try (Stream<Path> files = Files.list(frames)) {
      return files.sorted().map(EncodeCommandTest::whiteColumnsOf).toList();
    }
  }

  private static int whiteColumnsOf(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      int columns = 0;
      while (columns < image.getWidth() && (image.getRGB(columns, 0) & 0xFF) > 128) {
        columns++;
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void images_ofDifferentSizes_areRefusedUnlessFitSaysHow() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 3);
    ImageIO.write(Inputs.image(0, 100, 100), "png", frames.resolve("frame2.png").toFile());

    Cli.Result refused = Cli.run("encode", frames, output);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("is 64x48, but", "is 100x100", "try: --fit contain");
    assertThat(output).doesNotExist();
    Cli.run("encode", frames, output, "--fit", "contain").done();
    assertThat(video("width,height,nb_read_frames")).containsExactly("64,48,3");
  }

  @Test
  void rawFrames_fromStandardInput() throws Exception {
    Cli.run(Inputs.rgb(10), "encode", "-", output, "--size", "64x48", "--layout", "rgb24").done();

    assertThat(video("width,height,r_frame_rate,nb_read_frames")).containsExactly("64,48,25/1,10");
  }

  @Test
  void rawFrames_fromFile_keepTheirBytes() throws Exception {
    Path raw = Files.write(directory.resolve("in.rgb"), Inputs.rgb(4));
    Path lossless = directory.resolve("out.mkv");

    Cli.run(
            "encode",
            raw,
            lossless,
            "--size",
            "64x48",
            "--layout",
            "RGB24",
            "--codec",
            "ffv1",
            "--quality",
            "lossless")
        .done();

    Path back = directory.resolve("back.rgb");
    ffmpeg("-i", lossless.toString(), "-f", "rawvideo", "-pix_fmt", "rgb24", back.toString());
    assertThat(Files.readAllBytes(back)).isEqualTo(Inputs.rgb(4));
  }

  @Test
  void rawFrames_endInTheMiddle_leaveNoFile() {
    byte[] cut = Arrays.copyOf(Inputs.rgb(3), 64 * 48 * 3 * 2 + 100);

    Cli.Result result = Cli.run(cut, "encode", "-", output, "--size", "64x48", "--layout", "rgb24");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("in the middle of frame 2: 100 of 9216 bytes", "try: --size");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void audio_longerThanFrames_isKeptUnlessShortest() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 25);
    Path tone = Inputs.tone(directory.resolve("tone.wav"), 1.5);

    Cli.run("encode", frames, output, "--audio", tone).done();
    assertThat(seconds("a")).isBetween(1.49, 1.54);

    Cli.run("encode", frames, output, "--overwrite", "--audio", tone, "--shortest").done();
    assertThat(seconds("a")).isBetween(0.99, 1.04);
    assertThat(seconds("v")).isEqualTo(1.0);
  }

  @Test
  void audio_shorterThanFrames_endsThemWithShortest() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 25);
    Path tone = Inputs.tone(directory.resolve("tone.wav"), 0.5);

    Cli.Result result =
        Cli.run("encode", frames, output, "--audio", tone, "--shortest", "--channels", "1").done();

    assertThat(video("nb_read_frames")).containsExactly("12");
    assertThat(ffprobe(output, "-select_streams", "a", "-show_entries", "stream=channels"))
        .containsExactly("1");
    assertThat(result.out()).contains("frames from 12 on were left out: the audio ends");
  }

  @Test
  void json_isProgressAndThenTheResult() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 5);

    JsonObject last = Cli.run("encode", frames, output, "--json").done().last();

    assertThat(last.get("event").getAsString()).isEqualTo("result");
    assertThat(last.get("file").getAsString()).isEqualTo(output.toString());
    assertThat(last.get("bytes").getAsLong()).isEqualTo(Files.size(output));
    JsonObject stream = last.getAsJsonArray("streams").get(0).getAsJsonObject();
    assertThat(stream.get("framesIn").getAsInt()).isEqualTo(5);
  }

  @Test
  void options_reachTheEncoder() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 20);
    Path webm = directory.resolve("out.webm");

    Cli.run(
            "encode",
            frames,
            webm,
            "--codec",
            "vp9",
            "--bitrate",
            "200k",
            "--speed",
            "fastest",
            "--size",
            "32x24",
            "--gop",
            "5",
            "--metadata",
            "title=Columns")
        .done();

    assertThat(ffprobe(webm, "-select_streams", "v", "-show_entries", "stream=codec_name,width"))
        .containsExactly("vp9,32");
    assertThat(ffprobe(webm, "-show_entries", "format_tags=title")).containsExactly("Columns");
    assertThat(ffprobe(webm, "-select_streams", "v", "-show_entries", "packet=flags"))
        .filteredOn(flags -> flags.startsWith("K"))
        .hasSize(4);
  }

  @Test
  void existingFile_isKeptIfTheCommandFails() throws Exception {
    Path frames = Inputs.images(directory.resolve("frames"), 3);
    Files.writeString(frames.resolve("frame9.png"), "no image");
    Files.writeString(output, "precious");

    Cli.Result refused = Cli.run("encode", frames, output);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("out.mp4: exists already", "try: --overwrite");

    Cli.Result failed = Cli.run("encode", frames, output, "--overwrite", "--fit", "contain");
    assertThat(failed.exit()).isEqualTo(2);
    assertThat(failed.err()).contains("frame9.png is not an image");
    assertThat(output).hasContent("precious");
    assertThat(directory.resolve("out.part.mp4")).doesNotExist();
  }

  private List<String> video(String entries) throws Exception {
    return ffprobe(
        output, "-count_frames", "-select_streams", "v", "-show_entries", "stream=" + entries);
  }

  private double seconds(String kind) throws Exception {
    return Double.parseDouble(
        ffprobe(output, "-select_streams", kind, "-show_entries", "stream=duration").get(0));
  }
}
