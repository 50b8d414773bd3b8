package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ContainerMode;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadReport;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with video and audio, whole, cut and damaged; read, encoded again and copied. */
@RequiresFfmpegCli
class TranscoderFilesTest {
  private static final int FRAMES = 90;

  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=160x96:r=30000/1001",
        "-f",
        "lavfi",
        "-i",
        "sine=r=48000",
        "-t",
        "3.003",
        "-c:v",
        "libx264",
        "-g",
        "30",
        "-bf",
        "3",
        "-movflags",
        "faststart",
        "-c:a",
        "aac",
        file("mp4").toString());
    for (String extension : List.of("mkv", "ts")) {
      FfmpegCli.ffmpeg("-i", file("mp4").toString(), "-c", "copy", file(extension).toString());
    }
  }

  private static Path file(String extension) {
    return folder.resolve("source." + extension);
  }

  private static ReadReport reportOf(Path file) throws Exception {
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video()) {
      FrameCursor cursor = video.cursor();
      while (cursor.next()) {
        assertThat(cursor.frame().width()).isEqualTo(160);
      }
      return video.report();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void report_ofATruncatedFile_saysSo(String extension) throws Exception {
    byte[] whole = Files.readAllBytes(file(extension));
    Path half = folder.resolve("half." + extension);
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));

    ReadReport truncated = reportOf(half);

    assertThat(truncated.truncated()).isTrue();
    assertThat(truncated.notes()).anyMatch(note -> note.contains("the header states an end at"));
    assertThat(reportOf(file(extension)).truncated()).isFalse();
  }

  @Test
  void index_ofADamagedFile_endsWithTheFile() throws Exception {
    byte[] bytes = Files.readAllBytes(file("mp4"));
    for (int start = 8000; start < bytes.length - 4000; start += 4000) {
      byte[] damaged = bytes.clone();
      for (int i = start; i < start + 1500; i++) {
        damaged[i] ^= 0x5A;
      }
      Path file = Files.write(folder.resolve("damaged.mp4"), damaged);
      try (MediaReader reader = MediaReader.open(file);
          VideoReader video = reader.video()) {
        FrameIndex index = video.index();
        assertThat(index.count()).isLessThanOrEqualTo(FRAMES);
        assertThat(index.end()).isBetween(Duration.ofMillis(2500), Duration.ofMillis(3100));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void copyAudio_fromTransportStream_findsTheHeaderInThePackets(String extension) throws Exception {
    Path target = folder.resolve("copied." + extension);

    Transcoder.of(file("ts")).copyAudio().toFile(target);

    assertThat(FfmpegCli.ffprobe(target, "-show_entries", "stream=codec_name"))
        .containsExactly("h264", "aac");
    assertThat(
            FfmpegCli.ffprobe(
                target,
                "-select_streams",
                "v",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames"))
        .containsExactly(Integer.toString(FRAMES));
  }

  @Test
  void trim_endJustBehindAFrame_keepsIt() throws Exception {
    Path target = folder.resolve("trimmed.mkv");

    Transcoder.of(file("mp4")).trim(Duration.ZERO, Duration.ofNanos(1_001_001_000)).toFile(target);

    assertThat(
            FfmpegCli.ffprobe(
                target,
                "-select_streams",
                "v",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames"))
        .containsExactly("31");
  }

  @Test
  void trim_behindTheEnd_isRefusedBeforeTheFileIsTouched() {
    Path target = folder.resolve("never.mp4");
    Transcoder transcoder =
        Transcoder.of(file("mp4")).trim(Duration.ofSeconds(10), Duration.ofSeconds(11));

    assertThatThrownBy(() -> transcoder.toFile(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trim from PT10S")
        .hasMessageContaining("PT3.0");
    assertThat(target).doesNotExist();
  }

  @Test
  void toFile_intoItsInput_isRefusedAndLeavesIt() throws Exception {
    Path source = Files.copy(file("mp4"), folder.resolve("own.mp4"));
    byte[] before = Files.readAllBytes(source);
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), source);

    for (Path target : List.of(source, folder.resolve("./own.mp4"), link)) {
      assertThatThrownBy(() -> Transcoder.of(source).copyVideo().toFile(target))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is the input");
    }
    assertThat(Files.readAllBytes(source)).isEqualTo(before);
  }

  /** Matroska rounds times to milliseconds. */
  @ParameterizedTest
  @ValueSource(strings = {"24", "30000/1001"})
  void toFile_ofRoundedTimes_keepsTheRate(String rate) throws Exception {
    Path source = folder.resolve("rounded.mkv");
    FfmpegCli.ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=s=64x48:d=2:r=" + rate, "-c:v", "mpeg4", source.toString());
    Path target = folder.resolve("even.mp4");

    Transcoder.of(source).toFile(target);

    assertThat(FfmpegCli.ffprobe(target, "-show_entries", "stream=r_frame_rate,avg_frame_rate"))
        .containsExactly(exact(rate) + "," + exact(rate));
  }

  private static String exact(String rate) {
    return rate.contains("/") ? rate : rate + "/1";
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts"})
  void toFile_ofASourceThatIsReadOnce_hasEveryFrame(String extension) throws Exception {
    Path target = folder.resolve("streamed.mp4");

    try (InputStream in = Files.newInputStream(file(extension))) {
      Transcoder.of(ByteSource.streaming(in)).toFile(target);
    }

    assertThat(
            FfmpegCli.ffprobe(
                target,
                "-select_streams",
                "v",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames"))
        .containsExactly(Integer.toString(FRAMES));
  }

  @Test
  void frame_ofASourceThatIsReadOnce_isRefusedWithTheWayOut() throws Exception {
    try (InputStream in = Files.newInputStream(file("ts"));
        MediaReader reader = MediaReader.open(ByteSource.streaming(in));
        VideoReader video = reader.video()) {
      assertThatThrownBy(() -> video.frame(3))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("use ByteSource.spooled");
      assertThat(video.cursor().next()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void toFileLike_stream_hasWhatAFileHas(String format) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path streamed = folder.resolve("streamed." + format);

    Transcoder.of(file("mp4")).copyAudio().toFileLike(bytes, format);

    Files.write(streamed, bytes.toByteArray());
    assertThat(
            FfmpegCli.ffprobe(
                streamed, "-count_packets", "-show_entries", "stream=codec_type,nb_read_packets"))
        .contains("video," + FRAMES);
    Path filed = folder.resolve("filed.mkv");
    Transcoder.of(file("mp4")).copyAudio().toFile(filed);
    for (String map : List.of("0:v", "0:a")) {
      assertThat(decoded(streamed, map)).isEqualTo(decoded(filed, map));
    }
  }

  private static byte[] decoded(Path file, String map) throws Exception {
    Path raw = folder.resolve("decoded.raw");
    String format = map.equals("0:v") ? "rawvideo" : "s16le";
    FfmpegCli.ffmpeg("-i", file.toString(), "-map", map, "-f", format, raw.toString());
    return Files.readAllBytes(raw);
  }

  @Test
  void toFileLike_streamThatBreaks_throwsItsException() {
    IOException broken = new IOException("Broken pipe");
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw broken;
          }
        };

    assertThatThrownBy(() -> Transcoder.of(file("mp4")).toFileLike(stream, "mp4")).isSameAs(broken);
  }

  @Test
  void toFileLike_refused_hasWrittenNothing() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Transcoder indexed =
        Transcoder.of(file("mp4"))
            .encoder(settings -> settings.container(ContainerMode.FAST_START));

    assertThatThrownBy(() -> indexed.toFileLike(bytes, "mp4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("requires a destination that can seek");
    assertThat(bytes.size()).isZero();
  }

  /** MP4 states "und". */
  @ParameterizedTest
  @ValueSource(strings = {"ts", "mov", "mkv"})
  void copy_ofStreamsWithoutLanguage_saysNothingOfIt(String container) throws Exception {
    Path target = folder.resolve("unnamed." + container);

    TranscodeResult result = Transcoder.of(file("mp4")).copyVideo().copyAudio().toFile(target);

    assertThat(result.encoding().notes()).noneMatch(note -> note.contains("language"));
  }

  @Test
  void copied_language_isThatOfTheFile() throws Exception {
    Path target = folder.resolve("named.mp4");

    Transcoder.of(file("mp4"))
        .copyVideo()
        .copyAudio()
        .copied(stream -> stream.language("deu"))
        .toFile(target);

    assertThat(FfmpegCli.ffprobe(target, "-show_entries", "stream_tags=language"))
        .containsExactly("deu", "deu");
  }

  @Test
  void copyAudio_andSettingsOfAudio_areRefused() {
    Path target = folder.resolve("changed.mp4");

    assertThatThrownBy(
            () ->
                Transcoder.of(file("mp4"))
                    .audio(options -> options.language("deu"))
                    .copyAudio()
                    .toFile(target))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("audio(...) contradicts copyAudio: packets are copied as they are");
    assertThatThrownBy(
            () ->
                Transcoder.of(file("mp4"))
                    .copyVideo()
                    .video(VideoOutput.source().keepRotation())
                    .toFile(target))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("video(...) contradicts copyVideo");
    assertThat(target).doesNotExist();
  }
}
