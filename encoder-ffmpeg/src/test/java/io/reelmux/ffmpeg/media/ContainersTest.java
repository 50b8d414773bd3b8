package io.reelmux.ffmpeg.media;

import static io.reelmux.ffmpeg.media.Fixtures.GOOD_PSNR;
import static io.reelmux.ffmpeg.media.Fixtures.HEIGHT;
import static io.reelmux.ffmpeg.media.Fixtures.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.Rational;
import io.reelmux.testing.media.ReadStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each container with its default codec, selected by extension and by name. */
class ContainersTest {
  private static final int FRAMES = 20;

  @ParameterizedTest
  @CsvSource({
    // extension, container, encoder, codec, time base, ticks per frame at 25 frames per second
    "mp4,  mp4,       H264,       h264,       12800, 512",
    "m4v,  mp4,       H264,       h264,       12800, 512",
    "mov,  mov,       H264,       h264,       12800, 512",
    "3gp,  3gp,       H264,       h264,       12800, 512",
    "3g2,  3g2,       H264,       h264,       12800, 512",
    "m4a,  m4a,       H264,       h264,       12800, 512",
    "mkv,  matroska,  H264,       h264,       1000,  40",
    "webm, webm,      libvpx-vp9, vp9,        1000,  40",
    "avi,  avi,       mpeg4,      mpeg4,      25,    1",
    "flv,  flv,       H264,       h264,       1000,  40",
    "ts,   mpegts,    H264,       h264,       90000, 3600",
    "mpg,  mpeg,      mpeg1video, mpeg1video, 90000, 3600",
    "nut,  nut,       mpeg4,      mpeg4,      51200, 2048",
    "ivf,  ivf,       libvpx,     vp8,        25,    1",
    "y4m,  yuv4mpegpipe, wrapped_avframe, rawvideo, 25, 1",
    "apng, apng,      apng,       apng,       100000, 4000",
  })
  void openFile_byExtension_writesTheDefaultCodec(
      String extension,
      String container,
      String encoder,
      String codec,
      int ticksPerSecond,
      int ticksPerFrame,
      @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("out." + extension);

    EncodingResult result;
    try (Encoder open = Encoder.create()) {
      VideoStream stream = open.addVideo(Fixtures.options(25).build());
      open.openFile(file);
      Fixtures.addMoving(stream, 0, FRAMES);
      result = open.finish();
    }

    assertThat(result.container()).isEqualTo(container);
    assertThat(result.streams().get(0).codec())
        .isEqualTo(encoder.equals("H264") ? Fixtures.h264() : encoder);
    ReadStream stream = MediaReader.read(file).video(0);
    assertThat(stream.codec()).isEqualTo(codec);
    assertThat(stream.timeBase()).isEqualTo(new Rational(1, ticksPerSecond));
    assertFrames(stream);
    assertThat(timesFromZero(stream, FRAMES - 2)).isEqualTo(steps(ticksPerFrame, FRAMES - 2));
  }

  @ParameterizedTest
  @CsvSource({"h264, h264", "264, h264", "mjpeg, mjpeg", "m2v, mpeg2video", "obu, av1"})
  void openFile_rawStream_holdsEveryFrame(String extension, String codec, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("out." + extension);

    try (Encoder open = Encoder.create()) {
      VideoStream stream = open.addVideo(Fixtures.options(25).build());
      open.openFile(file);
      Fixtures.addMoving(stream, 0, FRAMES);
    }

    ReadStream stream = MediaReader.read(file).video(0);
    assertThat(stream.codec()).isEqualTo(codec);
    assertFrames(stream);
  }

  @ParameterizedTest
  @CsvSource({
    "mkv, matroska",
    "MKV, matroska",
    "matroska, matroska",
    "ts, mpegts",
    "mpegts, mpegts",
    "m4a, m4a",
    "ipod, m4a",
    "mp4, mp4",
    "quicktime, mov",
    "m4v, mp4",
    "264, h264"
  })
  void openFileLike_alias_resolvesToContainer(String alias, String container) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();

    EncodingResult result =
        Fixtures.encodeMoving(Fixtures.options(25).build(), output, alias, FRAMES);

    assertThat(result.container()).isEqualTo(container);
    assertFrames(MediaReader.read(output.toByteArray()).video(0));
  }

  @Test
  void openFile_formatAndExtension_formatWins(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("out.mp4");

    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(Fixtures.options(25).build());
      encoder.openFile(file, "mkv");
      Fixtures.addMoving(stream, 0, FRAMES);
    }

    Media media = MediaReader.read(file);
    assertThat(media.format()).startsWith("matroska");
    assertFrames(media.video(0));
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, gif",
    "m4a, libvpx-vp9",
    "webm, H264",
    "webm, mpeg4",
    "flv, ffv1",
    "gif, mpeg4",
    "ogg, mpeg4",
    "opus, libvpx",
    "oga, libvpx",
    "ivf, mpeg4",
    "mp3, mjpeg",
    "h264, mpeg4"
  })
  void openFileLike_unsupportedCodec_isRefused(String container, String codec) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      String name = codec.equals("H264") ? Fixtures.h264() : codec;
      encoder.addVideo(Fixtures.options(25).codec(name).build());

      assertThatThrownBy(() -> encoder.openFileLike(output, container))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("does not support");
    }
    assertThat(output.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "wav", "flac", "w64", "adts"})
  void openFileLike_audioOnlyContainer_refusesVideo(String container) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.options(25).build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), container))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(container);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"avi", "ivf"})
  void openFileLike_appendOnlyWhereSeekingIsNeeded_isRefused(String container) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.options(25).build());

      assertThatThrownBy(() -> encoder.openFileLike(output, container))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("requires a destination that can seek");
    }
    assertThat(output.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"mkv, true", "webm, true", "flv, true", "ts, false", "h264, false", "gif, false"})
  void openFileLike_appendOnly_decodesAsSeekable(String container, boolean noted)
      throws IOException {
    VideoOptions options = Fixtures.repeatable(Fixtures.options(25), container).build();
    ByteArrayOutputStream appended = new ByteArrayOutputStream();

    EncodingResult result = Fixtures.encodeMoving(options, appended, container, FRAMES);

    ReadStream stream = MediaReader.read(appended.toByteArray()).video(0);
    ReadStream seekable =
        MediaReader.read(Fixtures.encodeMoving(options, container, FRAMES)).video(0);
    assertThat(stream.checksums()).isEqualTo(seekable.checksums());
    assertThat(stream.framePts()).isEqualTo(seekable.framePts());
    // libopenh264 cannot state the frame rate, which is another note
    assertThat(result.notes().stream().anyMatch(note -> note.contains("without seeking")))
        .as("notes %s", result.notes())
        .isEqualTo(noted);
  }

  @Test
  void gif_thirtyFramesPerSecond_delaysAddUp() throws IOException {
    byte[] gif = Fixtures.encodeMoving(Fixtures.options(30).build(), "gif", 30);

    ReadStream stream = MediaReader.read(gif).video(0);

    assertThat(stream.frames()).hasSize(30);
    assertThat(stream.timeBase()).isEqualTo(new Rational(1, 100));
    assertThat(stream.framePts())
        .isEqualTo(LongStream.range(0, 30).map(i -> Math.round(i * 100 / 30.0)).boxed().toList());
    assertThat(stream.length()).isEqualTo(Duration.ofSeconds(1));
    for (DecodedFrame frame : stream.frames()) {
      assertThat(frame.format).isIn("pal8", "bgra");
    }
    assertThat(stream.frames().get(7).psnr(Fixtures.moving(WIDTH, HEIGHT, 7))).isGreaterThan(20);
  }

  @Test
  void gif_saturatedColors_areClose() throws IOException {
    byte[] bars = Fixtures.bars(WIDTH, HEIGHT);

    byte[] gif =
        Fixtures.encode(Fixtures.options(25).build(), "gif", Fixtures.rgb24(WIDTH, HEIGHT, bars));

    DecodedFrame frame = MediaReader.read(gif).video(0).frames().get(0);
    assertThat(frame.psnr(bars)).isGreaterThan(35);
  }

  @Test
  void openh264_withoutGop_hasAKeyFrameEvery250() throws IOException {
    byte[] file =
        Fixtures.encodeMoving(Fixtures.options(25).codec("libopenh264").build(), "mp4", 501);

    assertThat(MediaReader.read(file).video(0).keyFrames()).containsExactly(0, 250, 500);
  }

  @Test
  void openh264_gop_isHonored() throws IOException {
    byte[] file =
        Fixtures.encodeMoving(Fixtures.options(25).codec("libopenh264").gop(10).build(), "mp4", 35);

    assertThat(MediaReader.read(file).video(0).keyFrames()).containsExactly(0, 10, 20, 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "flv", "ts", "h264"})
  void openh264_eachContainer_matchesSource(String container) throws IOException {
    byte[] file =
        Fixtures.encodeMoving(Fixtures.options(25).codec("libopenh264").build(), container, FRAMES);

    assertFrames(MediaReader.read(file).video(0));
  }

  @Test
  void h264_nativeLibrariesOfThisRun_selectsTheirBestEncoder() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();

    EncodingResult result =
        Fixtures.encodeMoving(Fixtures.options(25).codec("h264").build(), output, "mp4", 3);

    assertThat(result.streams().get(0).codec()).isEqualTo(Fixtures.h264());
    assertThat(result.backend()).contains(Fixtures.gpl() ? "(GPL" : "(LGPL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "avi", "flv", "ts", "h264", "nut"})
  void finish_withoutFrames_writesNoPackets(String container) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();

    EncodingResult result =
        Fixtures.encodeMoving(Fixtures.options(25).build(), output, container, 0);

    assertThat(result.streams().get(0).packets()).isZero();
    assertThat(result.duration()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "avi", "flv", "ts", "gif", "h264", "nut"})
  void finish_oneFrame_isWritten(String container) throws IOException {
    VideoFrame frame = Fixtures.movingFrame(0);

    byte[] file = Fixtures.encode(Fixtures.options(25).build(), container, frame);

    assertThat(MediaReader.read(file).video(0).frames()).hasSize(1);
  }

  private static void assertFrames(ReadStream stream) {
    assertThat(stream.frames()).hasSize(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(stream.frames().get(i).psnr(Fixtures.moving(WIDTH, HEIGHT, i)))
          .as("frame %d", i)
          .isGreaterThan(GOOD_PSNR);
    }
  }

  /** Returns the first times only: some readers have none for the last frames of MPEG-1. */
  private static List<Long> timesFromZero(ReadStream stream, int count) {
    return stream.framePts().stream()
        .limit(count)
        .map(time -> time - stream.framePts().get(0))
        .toList();
  }

  private static List<Long> steps(long step, int count) {
    return IntStream.range(0, count).mapToObj(i -> i * step).toList();
  }
}
