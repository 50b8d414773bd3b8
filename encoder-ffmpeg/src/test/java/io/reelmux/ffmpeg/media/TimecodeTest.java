package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timecodes, as two versions of ffprobe read them. */
@RequiresFfmpegCli
class TimecodeTest {
  private static final FrameRate NTSC = FrameRate.of(30_000, 1001);
  private static final int SAMPLE_RATE = 48_000;

  private static final int FRAMES = 3;

  /** More than two fragments. */
  private static final int MANY_FRAMES = 65;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "mxf", "avi", "nut", "asf", "flv", "wtv"})
  void timecode_isReadByTwoVersionsOfFfprobe(String container) throws Exception {
    Path file = directory.resolve("a." + container);

    EncodingResult result = encode(file, Encoder.builder(), at25("10:59:58:24"));

    assertThat(readBySystem(file)).isNotEmpty().containsOnly("10:59:58:24");
    assertThat(readByWriter(file)).isNotEmpty().containsOnly("10:59:58:24");
    assertThat(result.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ts, mpegts", "3gp, 3gp", "gif, gif"})
  void timecode_withoutPlace_isNoted(String container, String name) throws Exception {
    Path file = directory.resolve("a." + container);

    EncodingResult result = encode(file, Encoder.builder(), MANY_FRAMES, "", at25("01:00:00:00"));

    assertThat(result.notes())
        .contains("video 0: timecode 01:00:00:00 is not stored: " + name + " has no place for it");
    assertThat(readBySystem(file)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ContainerMode.class)
  void timecode_eachMode_hasATrackAsLongAsItsVideo(ContainerMode mode) throws Exception {
    // the muxer writes the index of AC-3 with the first fragment
    for (String audio : List.of("aac", "ac3")) {
      Path file = directory.resolve(audio + ".mov");

      encode(file, Encoder.builder().container(mode), MANY_FRAMES, audio, at25("01:02:03:04"));

      assertThat(readBySystem(file)).as(audio).containsExactly("01:02:03:04", "01:02:03:04");
      List<String> tracks = probe(file, "stream=codec_tag_string,duration");
      assertThat(tracks).hasSize(3);
      assertThat(tracks.get(0)).endsWith(",2.600000");
      assertThat(tracks.get(2)).startsWith("tmcd,2.6");
      assertThat(FfmpegCli.ffprobe(file, "-select_streams", "v", "-show_entries", "packet=pts"))
          .hasSize(MANY_FRAMES);
    }
  }

  @Test
  void timecode_unfinishedFile_isRead() throws Exception {
    ByteArrayOutput output = new ByteArrayOutput();
    byte[] unfinished;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(at25("01:02:03:04"));
      encoder.openFileLike(output, "mp4");
      Fixtures.addMoving(stream, 0, 2 * MANY_FRAMES);
      unfinished = output.toByteArray();
    }
    Path file = Files.write(directory.resolve("cut.mp4"), unfinished);

    assertThat(readBySystem(file)).containsExactly("01:02:03:04", "01:02:03:04");
    assertThat(FfmpegCli.ffprobe(file, "-select_streams", "v", "-show_entries", "packet=pts"))
        .hasSizeGreaterThan(MANY_FRAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "mxf"})
  void timecode_dropFrame_staysSo(String container) throws Exception {
    Path file = directory.resolve("drop." + container);
    VideoOptions options =
        VideoOptions.builder(Fixtures.WIDTH, Fixtures.HEIGHT, NTSC).timecode("00:01:00;02").build();

    encode(file, Encoder.builder(), options);

    assertThat(readBySystem(file)).isNotEmpty().containsOnly("00:01:00;02");
    assertThat(readByWriter(file)).isNotEmpty().containsOnly("00:01:00;02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24000/1001", "24", "30000/1001", "50", "60000/1001", "100"})
  void timecode_eachRate_isKept(String rate) throws Exception {
    String[] parts = (rate + "/1").split("/", -1);
    FrameRate frames = FrameRate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    VideoOptions.Builder options =
        VideoOptions.builder(Fixtures.WIDTH, Fixtures.HEIGHT, frames).timecode("23:59:59:00");
    Path file = directory.resolve("rate.mov");

    encode(file, Encoder.builder(), options.codec("mjpeg").build());

    assertThat(readBySystem(file)).containsExactly("23:59:59:00", "23:59:59:00");
  }

  @Test
  void timecode_twoStreams_eachHasItsOwnOrANote() throws Exception {
    VideoOptions first = at25("01:00:00:00");
    VideoOptions second = at25("02:00:00:00");
    Path mov = directory.resolve("two.mov");
    Path mkv = directory.resolve("two.mkv");

    assertThat(encode(mov, Encoder.builder(), first, second).notes()).isEmpty();
    EncodingResult result = encode(mkv, Encoder.builder(), first, second);

    assertThat(readBySystem(mov))
        .containsExactly("01:00:00:00", "02:00:00:00", "01:00:00:00", "02:00:00:00");
    assertThat(readBySystem(mkv)).containsExactly("01:00:00:00");
    assertThat(result.notes())
        .containsExactly(
            "video 1: timecode 02:00:00:00 is not stored: matroska stores one, 01:00:00:00");
  }

  @Test
  void timecode_packetsOnly_isNoted() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(at25("01:00:00:00"));
      encoder.openPackets(packet -> {});
      stream.addFrame(Fixtures.movingFrame(0));
      assertThat(encoder.finish().notes())
          .containsExactly(
              "video 0: timecode 01:00:00:00 is not stored: packets have no place for it");
    }
  }

  @Test
  void timecode_filterChangesRate_isCheckedBehindIt() throws Exception {
    VideoOptions.Builder options = Fixtures.options(25).timecode("01:00:00:24");

    refused(options.filter("fps=20").build(), Encoder.builder())
        .withMessageContaining("video 0: timecode 01:00:00:24 at 20 frames per second");
    refused(options.filter("select=1").build(), Encoder.builder())
        .withMessageContaining("end a filter that changes times with fps");
    Path file = directory.resolve("filtered.mov");
    encode(file, Encoder.builder(), options.filter("fps=50").build());
    assertThat(readBySystem(file)).containsExactly("01:00:00:24", "01:00:00:24");
  }

  @Test
  void timecode_muxerOptionThatDropsIt_isRefused() {
    refused(at25("01:00:00:00"), Encoder.builder().muxerOption("write_tmcd", "0"))
        .withMessageContaining("'write_tmcd' 0 contradicts timecode 01:00:00:00 of video 0");
  }

  private static VideoOptions at25(String timecode) {
    return Fixtures.options(25).timecode(timecode).build();
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> refused(
      VideoOptions options, Encoder.Builder builder) {
    return assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              try (Encoder encoder = builder.build()) {
                encoder.addVideo(options);
                encoder.openFileLike(new ByteArrayOutput(), "mov");
              }
            });
  }

  private static EncodingResult encode(Path file, Encoder.Builder builder, VideoOptions... options)
      throws IOException {
    return encode(file, builder, FRAMES, "", options);
  }

  private static EncodingResult encode(
      Path file, Encoder.Builder builder, int frames, String audio, VideoOptions... options)
      throws IOException {
    try (Encoder encoder = builder.build()) {
      List<VideoStream> videos = Arrays.stream(options).map(encoder::addVideo).toList();
      List<AudioStream> audios =
          Stream.of(audio)
              .filter(codec -> !codec.isEmpty())
              .map(codec -> AudioOptions.builder(SAMPLE_RATE, 2).codec(codec).build())
              .map(encoder::addAudio)
              .toList();
      encoder.openFile(file);
      for (VideoStream video : videos) {
        Fixtures.addMoving(video, 0, frames);
      }
      for (AudioStream stream : audios) {
        stream.addSamples(AudioSamples.of(new float[2][frames * SAMPLE_RATE / 25]));
      }
      return encoder.finish();
    }
  }

  private static List<String> readBySystem(Path file) throws Exception {
    return probe(file, "stream_tags=timecode:format_tags=timecode").stream()
        .filter(line -> !line.equals(","))
        .toList();
  }

  private static List<String> probe(Path file, String entries) throws Exception {
    return FfmpegCli.ffprobe(file, "-show_entries", entries);
  }

  /** Reads with the ffprobe of the FFmpeg that wrote the file. */
  private static List<String> readByWriter(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Loader.load(ffprobe.class),
                "-v",
                "error",
                "-of",
                "csv=p=0",
                "-show_entries",
                "stream_tags=timecode:format_tags=timecode",
                file.toString())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.lines().filter(line -> !line.matches("[ ,]*")).toList();
  }
}
