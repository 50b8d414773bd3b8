package io.reelmux.ffmpeg.media;

import static io.reelmux.ffmpeg.media.Fixtures.GOOD_PSNR;
import static io.reelmux.ffmpeg.media.Fixtures.HEIGHT;
import static io.reelmux.ffmpeg.media.Fixtures.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Containers x settings of x264 x destinations, compared with the ffmpeg command on the same
 * frames.
 */
@RequiresGpl
class ContainerMatrixTest {
  private static final int FRAMES = 30;
  private static final List<String> CONTAINERS = List.of("mp4", "mov", "mkv", "avi", "flv");

  /** Settings of x264, as options of Reelmux and as arguments of the ffmpeg command. */
  enum Setting {
    LOSSLESS_444,
    CRF_30,
    ULTRAFAST,
    DEFAULT;

    List<String> arguments() {
      return switch (this) {
        case LOSSLESS_444 -> List.of("-pix_fmt", "yuv444p", "-crf", "0");
        case CRF_30 -> List.of("-pix_fmt", "yuv420p", "-crf", "30");
        case ULTRAFAST -> List.of("-pix_fmt", "yuv420p", "-preset", "ultrafast");
        case DEFAULT -> List.of("-pix_fmt", "yuv420p");
      };
    }

    VideoOptions options(double frameRate) {
      VideoOptions.Builder builder = Fixtures.options(frameRate).codec("libx264");
      return switch (this) {
        case LOSSLESS_444 -> builder.pixelFormat("yuv444p").crf(0).build();
        case CRF_30 -> builder.pixelFormat("yuv420p").crf(30).build();
        case ULTRAFAST -> builder.preset("ultrafast").build();
        case DEFAULT -> builder.build();
      };
    }
  }

  static Stream<Arguments> matrix() {
    return CONTAINERS.stream()
        .flatMap(
            container ->
                Arrays.stream(Setting.values()).map(setting -> Arguments.of(container, setting)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void openFile_decoded_matchesSource(String container, Setting setting, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("out." + container);

    encodeToFile(setting.options(30), file);

    ReadStream stream = MediaReader.read(file).video(0);
    assertThat(stream.codec()).isEqualTo("h264");
    assertThat(stream.frames()).hasSize(FRAMES);
    assertThat(stream.frames().get(0).format)
        .isEqualTo(setting == Setting.LOSSLESS_444 ? "yuv444p" : "yuv420p");
    for (int i = 0; i < FRAMES; i++) {
      assertThat(stream.frames().get(i).psnr(Fixtures.moving(WIDTH, HEIGHT, i)))
          .as("frame %d", i)
          .isGreaterThan(setting == Setting.LOSSLESS_444 ? 45 : GOOD_PSNR);
    }
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void openFileLike_eachDestination_decodesLikeFile(
      String container, Setting setting, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("out." + container);
    VideoOptions options = Fixtures.repeatable(setting.options(30).toBuilder(), "mp4").build();
    encodeToFile(options, file);
    ReadStream expected = MediaReader.read(file).video(0);

    ByteArrayOutput memory = new ByteArrayOutput();
    Fixtures.encodeMoving(options, memory, container, FRAMES);
    Path channelFile = folder.resolve("channel");
    try (FileChannel channel =
            FileChannel.open(channelFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFileLike(channel, container);
      Fixtures.addMoving(stream, 0, FRAMES);
      encoder.finish();
    }

    ReadStream inMemory = MediaReader.read(memory.toByteArray()).video(0);
    ReadStream inChannel = MediaReader.read(channelFile).video(0);
    assertThat(inMemory.checksums()).isEqualTo(expected.checksums());
    assertThat(inMemory.packets()).isEqualTo(expected.packets());
    assertThat(inChannel.checksums()).isEqualTo(expected.checksums());
    assertThat(inChannel.packets()).isEqualTo(expected.packets());
    if (!container.equals("mkv")) {
      // Matroska gives each file its own identifier
      assertThat(memory.toByteArray()).isEqualTo(Files.readAllBytes(file));
      assertThat(channelFile).hasSameBinaryContentAs(file);
    }
    if (container.equals("avi")) {
      return;
    }
    ByteArrayOutputStream appended = new ByteArrayOutputStream();
    Fixtures.encodeMoving(options, appended, container, FRAMES);
    ReadStream appendOnly = MediaReader.read(appended.toByteArray()).video(0);
    assertThat(appendOnly.checksums()).isEqualTo(expected.checksums());
    assertThat(appendOnly.framePts()).isEqualTo(expected.framePts());
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @MethodSource("matrix")
  void openFile_eachSetting_hasSameTimesAsFfmpegCommand(
      String container, Setting setting, @TempDir Path folder) throws Exception {
    compareWithCommand(container, setting, 30, "30", folder);
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @MethodSource("containersAndRates")
  void openFile_otherRates_hasSameTimesAsFfmpegCommand(
      String container, double rate, String name, @TempDir Path folder) throws Exception {
    compareWithCommand(container, Setting.DEFAULT, rate, name, folder);
  }

  static Stream<Arguments> containersAndRates() {
    return CONTAINERS.stream()
        .flatMap(
            container ->
                Stream.of(
                    Arguments.of(container, 29.97, "30000/1001"),
                    Arguments.of(container, 23.976, "24000/1001"),
                    Arguments.of(container, 12.5, "25/2"),
                    Arguments.of(container, 1.0, "1")));
  }

  private static void compareWithCommand(
      String container, Setting setting, double rate, String rateName, Path folder)
      throws Exception {
    Path ours = folder.resolve("ours." + container);
    Path theirs = folder.resolve("theirs." + container);
    encodeToFile(setting.options(rate), ours);
    encodeByCommand(setting, rateName, folder.resolve("raw"), theirs);

    Media actualMedia = MediaReader.read(ours);
    Media expectedMedia = MediaReader.read(theirs);

    ReadStream actual = actualMedia.video(0);
    ReadStream expected = expectedMedia.video(0);
    assertThat(actual.timeBase()).isEqualTo(expected.timeBase());
    assertThat(actual.framePts()).isEqualTo(expected.framePts());
    assertThat(actual.frameDurations()).isEqualTo(expected.frameDurations());
    assertThat(actual.packetDurations()).isEqualTo(expected.packetDurations());
    assertThat(actual.start()).isEqualTo(expected.start());
    assertThat(actual.duration()).isEqualTo(expected.duration());
    assertThat(actualMedia.durationMicros()).isEqualTo(expectedMedia.durationMicros());
    assertThat(actual.averageRate()).isEqualTo(expected.averageRate());
    for (int i = 0; i < FRAMES; i++) {
      assertThat(expected.frames().get(i).psnr(Fixtures.moving(WIDTH, HEIGHT, i)))
          .as("the command's frame %d", i)
          .isGreaterThan(GOOD_PSNR);
    }
    List<String> entries =
        List.of("-select_streams", "v", "-show_entries", "frame=pts,pkt_duration");
    assertThat(FfmpegCli.ffprobe(ours, entries.toArray(String[]::new)))
        .isEqualTo(FfmpegCli.ffprobe(theirs, entries.toArray(String[]::new)))
        .hasSize(FRAMES);
  }

  private static void encodeToFile(VideoOptions options, Path file) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFile(file);
      Fixtures.addMoving(stream, 0, FRAMES);
    }
  }

  private static void encodeByCommand(Setting setting, String rate, Path raw, Path file)
      throws IOException, InterruptedException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (byte[] frame : Fixtures.movingFrames(FRAMES)) {
      frames.writeBytes(frame);
    }
    Files.write(raw, frames.toByteArray());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size"));
    arguments.addAll(List.of(WIDTH + "x" + HEIGHT, "-framerate", rate, "-i", raw.toString()));
    arguments.addAll(List.of("-c:v", "libx264"));
    arguments.addAll(setting.arguments());
    arguments.add(file.toString());
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
  }
}
