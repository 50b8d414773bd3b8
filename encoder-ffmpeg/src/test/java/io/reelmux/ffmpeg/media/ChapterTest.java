package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresFfmpegCli
class ChapterTest {

  /** Longer than 127 bytes, beyond which ID3v2.4 counts otherwise. */
  private static final String LONG = "Second, \u00e4\u6f22 ".repeat(12).strip();

  @TempDir Path directory;

  private static Encoder.Builder chapters() {
    return Encoder.builder()
        .chapter(Duration.ZERO, "First")
        .chapter(Duration.ofMillis(250), LONG)
        .chapter(Duration.ofMillis(600), "Third");
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, 0.601",
    "mov, 0.601",
    "m4a, 0.601",
    "mkv, 1.0",
    "mka, 1.0",
    "webm, 1.001",
    "ogg, 1.007",
    "opus, 1.007",
    "flac, 1.0",
    "mp3, 0.601",
    "nut, 0.601"
  })
  void chapters_eachContainer_startAndEndWhereSaid(String container, double end) throws Exception {
    Described file = Described.file(directory.resolve("x." + container), chapters());

    assertChapters(file.read(), end);
    assertThat(file.notes("chapter")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void chapters_eachModeOfMp4_areStored(ContainerMode mode) throws Exception {
    Described file = Described.file(directory.resolve("x.mp4"), chapters().container(mode));

    boolean inFragments = mode == ContainerMode.CRASH_SAFE || mode == ContainerMode.FRAGMENTED;
    assertChapters(file.read(), inFragments ? 0.601 : 1.0);
  }

  @Test
  void chapters_appendOnlyMatroska_lastOneLastsAMillisecond() throws Exception {
    Path file = directory.resolve("x.mka");
    try (OutputStream out = Files.newOutputStream(file);
        Encoder encoder = chapters().build()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(out, "mkv");
      audio.addSamples(new float[1][48_000]);
      assertChapters(new Described(file, encoder.finish()).read(), 0.601);
    }
  }

  private static void assertChapters(Map<String, String> read, double end) {
    assertThat(read)
        .containsEntry("chapters.chapter.0.tags.title", "First")
        .containsEntry("chapters.chapter.1.tags.title", LONG)
        .containsEntry("chapters.chapter.2.tags.title", "Third")
        .doesNotContainKey("chapters.chapter.3.id");
    double[] times = {0, 0.25, 0.6, end};
    for (int i = 0; i < 3; i++) {
      String chapter = "chapters.chapter." + i + ".";
      assertThat(Double.parseDouble(read.get(chapter + "start_time"))).isEqualTo(times[i]);
      assertThat(Double.parseDouble(read.get(chapter + "end_time"))).isEqualTo(times[i + 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts", "avi", "flv", "wav", "caf", "gif"})
  void chapters_containerWithoutThem_areNoted(String container) throws Exception {
    Described file = Described.file(directory.resolve("x." + container), chapters());

    assertThat(file.notes("the chapters are not stored: ")).isTrue();
    assertThat(file.read().keySet()).noneMatch(key -> key.startsWith("chapters"));
  }

  @Test
  void chapter_beyondTheEnd_isNoted() throws Exception {
    Described file =
        Described.file(
            directory.resolve("x.mkv"),
            Encoder.builder()
                .chapter(Duration.ofMillis(500), "Late start")
                .chapter(Duration.ofSeconds(9), "Beyond"));

    assertThat(file.result().notes())
        .containsExactly("chapter 'Beyond' starts at PT9S, not before the end of the file");
    assertThat(file.read())
        .containsEntry("chapters.chapter.0.start_time", "0.500000")
        .containsEntry("chapters.chapter.1.start_time", "9.000000");
  }

  /** A track of chapters has no gap before its first one. */
  @ParameterizedTest
  @CsvSource({
    "mp4, 0, true",
    "mov, 0, true",
    "m4a, 0, true",
    "f4v, 0.4, false",
    "3gp, 0.4, false",
    "mkv, 0.4, false",
    "webm, 0.4, false",
    "nut, 0.4, false",
    "mp3, 0.4, false",
    "ogg, 0.4, false",
    "flac, 0.4, false"
  })
  void firstChapter_thatStartsLate_startsThereOrIsNoted(
      String container, double start, boolean noted) throws Exception {
    Described file =
        Described.file(
            directory.resolve("x." + container),
            Encoder.builder()
                .chapter(Duration.ofMillis(400), "First")
                .chapter(Duration.ofMillis(700), "Second"));

    Map<String, String> read = file.read();
    assertThat(Double.parseDouble(read.get("chapters.chapter.0.start_time"))).isEqualTo(start);
    assertThat(Double.parseDouble(read.get("chapters.chapter.1.start_time"))).isEqualTo(0.7);
    assertThat(file.notes("chapter 'First' starts at 0 instead of PT0.4S for readers of "))
        .isEqualTo(noted);
  }

  @Test
  void tooManyChapters_inMp3_areRefused() {
    Encoder.Builder builder = Encoder.builder();
    for (int i = 0; i < 256; i++) {
      builder.chapter(Duration.ofMillis(i), "Chapter " + i);
    }

    assertThatThrownBy(() -> Described.file(directory.resolve("x.mp3"), builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("256 chapters: container 'mp3' stores at most 255");
  }
}
