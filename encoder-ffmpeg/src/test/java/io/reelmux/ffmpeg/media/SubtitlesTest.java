package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.SubtitleOptions;
import io.reelmux.SubtitleStream;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Text subtitles: what is added is what ffmpeg reads back, with the same times. */
@RequiresFfmpegCli
class SubtitlesTest {
  private static final int SIZE = 64;

  private static final String EXPECTED =
      """
      1
      00:00:00,250 --> 00:00:01,000
      Grüße, 世界 & you

      2
      00:00:01,000 --> 00:00:02,500
      two
      lines

      3
      00:00:05,123 --> 00:00:07,001
      after a gap

      """;

  @TempDir Path directory;

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static void addCues(SubtitleStream subtitles) throws IOException {
    subtitles.addCue(ms(250), ms(1000), "Grüße, 世界 & you");
    subtitles.addCue(ms(1000), ms(2500), "two\r\nlines");
    subtitles.addCue(Duration.ofNanos(5_123_400_000L), ms(7001), "after a gap\n");
  }

  private static void addFrames(VideoStream video, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      byte[] gray = new byte[SIZE * SIZE];
      video.addFrame(VideoFrame.of(PixelLayout.GRAY8, SIZE, SIZE, gray));
    }
  }

  private String readBack(Path file) throws Exception {
    Path text = directory.resolve("back.srt");
    FfmpegCli.ffmpeg("-i", file.toString(), "-map", "0:s:0", "-f", "srt", text.toString());
    return Files.readString(text).replace("\r\n", "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, , mov_text",
    "mov, , mov_text",
    "mkv, , subrip",
    "mkv, ass, ass",
    "mkv, webvtt, webvtt",
    "webm, , webvtt"
  })
  void addCue_besideVideo_isReadBack(String container, String codec, String expected)
      throws Exception {
    Path file = directory.resolve("file." + container);
    SubtitleOptions.Builder options = SubtitleOptions.builder().language("eng");
    if (codec != null) {
      options.codec(codec);
    }
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(SIZE, SIZE, 5));
      SubtitleStream subtitles = encoder.addSubtitles(options.build());
      encoder.openFile(file);
      addCues(subtitles);
      addFrames(video, 0, 50);
      result = encoder.finish();
    }

    assertThat(readBack(file)).isEqualTo(EXPECTED);
    assertThat(
            FfmpegCli.ffprobe(
                file,
                "-select_streams",
                "s",
                "-show_entries",
                "stream=codec_name:stream_tags=language"))
        .containsExactly(expected + ",eng");
    assertThat(result.streams().get(1).kind()).isEqualTo(StreamKind.SUBTITLE);
    assertThat(result.streams().get(1).duration()).isEqualTo(ms(7001));
  }

  @ParameterizedTest
  @EnumSource(
      value = ContainerMode.class,
      names = {"CRASH_SAFE", "FAST_START", "PLAIN"})
  void addCue_afterTheFrames_isReadBackInEveryMode(ContainerMode mode) throws Exception {
    Path file = directory.resolve("file.mp4");
    try (Encoder encoder = Encoder.builder().container(mode).build()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(SIZE, SIZE, 5));
      SubtitleStream subtitles = encoder.addSubtitles(SubtitleOptions.of("eng"));
      encoder.openFile(file);
      addFrames(video, 0, 40);
      addCues(subtitles);
      addFrames(video, 40, 50);
    }

    assertThat(readBack(file)).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @CsvSource({"srt", "vtt", "ass"})
  void addCue_toTextFile_isReadBack(String container) throws Exception {
    Path file = directory.resolve("file." + container);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      SubtitleStream subtitles = encoder.addSubtitles(SubtitleOptions.builder().build());
      encoder.openFile(file);
      addCues(subtitles);
      result = encoder.finish();
    }

    assertThat(result.notes())
        .isEqualTo(
            container.equals("ass")
                ? List.of("subtitle 0: times of cues are rounded: ass counts 10 milliseconds")
                : List.of());
    String expected =
        container.equals("ass")
            ? EXPECTED.replace("05,123", "05,120").replace("07,001", "07,000")
            : EXPECTED;
    assertThat(readBack(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"mp4", "webm"})
  void addCue_markup_isShownAsItIs(String container) throws Exception {
    Path file = directory.resolve("file." + container);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(SIZE, SIZE, 5));
      SubtitleStream subtitles = encoder.addSubtitles(SubtitleOptions.of("eng"));
      encoder.openFile(file);
      subtitles.addCue(ms(0), ms(1000), "<b>5 < 6 --> &amp; 7</b>");
      addFrames(video, 0, 10);
    }
    Path raw = directory.resolve("back.vtt");
    FfmpegCli.ffmpeg("-i", file.toString(), "-map", "0:s:0", "-f", "webvtt", raw.toString());

    assertThat(readBack(file)).contains("<b>5 < 6 --> &amp; 7</b>");
  }

  @Test
  void addFrame_whileSubtitlesHaveNoCue_doesNotWait() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.builder().interleaveBudget(1 << 20).build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(SIZE, SIZE, 25).codec("mjpeg").build());
      encoder.addSubtitles(SubtitleOptions.of("eng"));
      encoder.openFileLike(output, "mkv");
      addFrames(video, 0, 1000);

      assertThat(output.toByteArray().length).isGreaterThan(100_000);
    }
  }

  @Test
  void addCue_thatDoesNotFit_isRefusedAndTheEncoderGoesOn() throws Exception {
    Path file = directory.resolve("file.mp4");
    try (Encoder encoder = Encoder.create()) {
      SubtitleStream subtitles = encoder.addSubtitles(SubtitleOptions.of("eng"));
      encoder.openFile(file);
      refused(subtitles, 5, 5, "x", "must last at least a millisecond");
      refused(subtitles, -5, 5, "x", "must be from 0 to 2^31 seconds");
      refused(subtitles, 0, 5, " ", "has an empty line");
      refused(subtitles, 0, 5, "a\n\nb", "has an empty line");
      refused(subtitles, 0, 5, "a\u001bb", "the control character U+001B at index 1");
      refused(subtitles, 0, 5, "a\ud800b", "an unpaired surrogate");
      refused(subtitles, 0, 5, "世".repeat(22_000), "has 66002 bytes: must be at most 65535");
      refused(subtitles, 0, 6L * 3600 * 1000 + 1, "x", "must be at most 6 hours");
      addCues(subtitles);
      refused(subtitles, 7000, 8000, "x", "shows one cue at a time");
      refused(subtitles, 5000, 8000, "x", "before the one added last");
    }

    assertThat(readBack(file)).isEqualTo(EXPECTED);
  }

  @Test
  void addCue_markupThatCannotBeEscaped_isRefused() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      SubtitleStream subtitles = encoder.addSubtitles(SubtitleOptions.of("eng"));
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      refused(subtitles, 0, 5, "an <i>italic</i> word", "contains '<i', which is markup in subrip");
      subtitles.addCue(ms(0), ms(5), "3 < 4");
    }
  }

  private static void refused(
      SubtitleStream subtitles, long start, long end, String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> subtitles.addCue(ms(start), ms(end), text))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "ts, , 'subtitle 0: container mpegts does not hold text subtitles; these do: mp4, mov, mkv,"
        + " webm, srt, vtt, ass'",
    "mp4, webvtt, 'subtitle 0: container mp4 does not hold subtitles as ''webvtt'', but as mov_text'"
  })
  void open_containerWithoutThem_isRefused(String container, String codec, String message)
      throws Exception {
    SubtitleOptions.Builder options = SubtitleOptions.builder();
    if (codec != null) {
      options.codec(codec);
    }
    try (Encoder encoder = Encoder.create()) {
      encoder.addSubtitles(options.build());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), container))
          .withMessage(message);
    }
  }
}
