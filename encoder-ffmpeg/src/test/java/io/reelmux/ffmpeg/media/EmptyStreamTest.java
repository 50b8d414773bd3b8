package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.Progress;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that got nothing, and what is reported of those that got something. */
class EmptyStreamTest {
  @TempDir private Path directory;

  private static final String EMPTY = ": no packets: the file has no such stream, or an empty one";

  @ParameterizedTest
  @CsvSource({
    "mp4, 0", "mov, 0", "m4a, 0", "mkv, 1", "webm, 1", "ts, 1", "avi, 1", "flv, 1", "nut, 1"
  })
  void finish_videoWithoutFrames_isNotedAndTheAudioIsWhole(String container, int streams)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();

    EncodingResult result = encode(output, container, 0, 40);

    assertThat(result.notes()).contains("video 0" + EMPTY);
    Media file = MediaReader.demux(output.toByteArray());
    assertThat(file.streams()).hasSize(1 + streams);
    assertThat(file.audio(0).packets()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @CsvSource({"mp4, 0", "mov, 0", "mkv, 1", "webm, 1", "ts, 1", "avi, 1", "flv, 1", "nut, 1"})
  void finish_audioWithoutSamples_isNotedAndTheVideoIsWhole(String container, int streams)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();

    EncodingResult result = encode(output, container, 10, 0);

    assertThat(result.notes()).contains("audio 0" + EMPTY);
    Media file = MediaReader.demux(output.toByteArray());
    assertThat(file.streams()).hasSize(1 + streams);
    assertThat(file.video(0).packets()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "ts", "mpg", "avi", "flv", "nut"})
  void finish_nothingAtAll_isNoted(String container) throws IOException {
    EncodingResult result = encode(new ByteArrayOutput(), container, 0, 0);

    assertThat(result.notes()).contains("video 0" + EMPTY, "audio 0" + EMPTY);
    assertThat(result.duration()).isZero();
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "ts", "mpg", "avi", "flv", "nut"})
  void finish_nothingAtAll_canBeOpenedOrIsNoted(String container) throws Exception {
    Path file = directory.resolve("empty." + container);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.options(25).build());
      encoder.openFile(file);
      result = encoder.finish();
    }

    boolean noted =
        result.notes().stream().anyMatch(note -> note.startsWith("nothing was added: "));
    assertThat(isOpened(file)).isEqualTo(!noted);
  }

  private static boolean isOpened(Path file) throws Exception {
    try {
      FfmpegCli.ffprobe(file, "-show_format");
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** FLAC's encoder ends with a new header, which has no samples. */
  @ParameterizedTest
  @ValueSource(strings = {"nut", "mkv", "mp4", "ogg", "flac", "caf", "asf"})
  void finish_flac_hasNoPacketWithoutData(String container) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.builder(48_000, 1).codec("flac").build());
      encoder.openFileLike(output, container);
      audio.addSamples(new float[1][10_000]);
    }

    Media file = MediaReader.read(output.toByteArray());
    assertThat(file.audio(0).packets())
        .isNotEmpty()
        .allMatch(packet -> packet.payload().hasRemaining());
    assertThat(file.audio(0).samples()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "apng"})
  void finish_nothingInAContainerThatCannotBeEmpty_saysSo(String container) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.options(25).build());
      encoder.openFileLike(new ByteArrayOutput(), container);

      assertThatThrownBy(encoder::finish)
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining(
              "nothing was added to any stream, and " + container + " cannot be empty");
    }
  }

  /** Their index requires samples; FFmpeg's muxer for MOV runs into a null pointer without any. */
  @ParameterizedTest
  @CsvSource({"mov, ac3", "mp4, ac3", "m4a, ac3", "mov, eac3", "mp4, eac3"})
  void finish_nothingOfACodecWhoseIndexRequiresSamples_saysSo(String container, String codec)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.builder(48_000, 2).codec(codec).build());
      encoder.openFileLike(new ByteArrayOutput(), container);

      assertThatThrownBy(encoder::finish)
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("nothing was added to any stream")
          .hasMessageContaining("cannot be empty");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, ac3, CRASH_SAFE",
    "mov, ac3, CRASH_SAFE",
    "mp4, eac3, CRASH_SAFE",
    "mp4, ac3, FRAGMENTED"
  })
  void finish_videoWithAudioWhoseIndexRequiresSamples_saysWhatToDo(
      String container, String codec, ContainerMode mode) throws IOException {
    try (Encoder encoder = withoutSamples(new ByteArrayOutput(), container, codec, mode)) {
      assertThatThrownBy(encoder::finish)
          .isInstanceOf(EncoderException.class)
          .hasMessageStartingWith("could not write the index of the " + container)
          .hasMessageContaining("audio 0 (" + codec + ") has no samples")
          .hasMessageContaining(
              "such as silence, leave the stream out, or use ContainerMode.PLAIN");
    }
  }

  @ParameterizedTest
  @CsvSource({"mp4, ac3", "mov, ac3", "mp4, eac3"})
  void finish_videoWithAudioWhoseIndexRequiresSamplesPlain_isNoted(String container, String codec)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = withoutSamples(output, container, codec, ContainerMode.PLAIN)) {
      assertThat(encoder.finish().notes()).contains("audio 0" + EMPTY);
    }
    assertThat(MediaReader.read(output.toByteArray()).video(0).frames()).hasSize(10);
  }

  @Test
  void fastStart_inMemory_hasItsIndexFirst() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.builder().container(ContainerMode.FAST_START).build()) {
      VideoStream video = encoder.addVideo(Fixtures.options(25).build());
      encoder.openFileLike(output, "mp4");
      Fixtures.addMoving(video, 0, 10);
    }

    String text = new String(output.toByteArray(), StandardCharsets.ISO_8859_1);
    assertThat(text.indexOf("moov")).isPositive().isLessThan(text.indexOf("mdat"));
    assertThat(MediaReader.read(output.toByteArray()).video(0).frames()).hasSize(10);
  }

  @Test
  void progress_ofTwoStreams_hasFramesSamplesAndPosition() throws IOException {
    List<Progress> reported = new ArrayList<>();
    try (Encoder encoder = Encoder.builder().progressListener(reported::add).build()) {
      VideoStream video = encoder.addVideo(Fixtures.options(25).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      Fixtures.addMoving(video, 0, 3);
      audio.addSamples(new float[1][24_000]);
    }

    Progress last = reported.get(reported.size() - 1);
    assertThat(last.streams())
        .containsExactly(
            new StreamProgress(StreamKind.VIDEO, 0, 3, 0, Duration.ofMillis(120)),
            new StreamProgress(StreamKind.AUDIO, 0, 0, 24_000, Duration.ofMillis(500)));
    assertThat(last.frames()).isEqualTo(3);
    assertThat(last.samples()).isEqualTo(24_000);
    assertThat(last.position()).isEqualTo(Duration.ofMillis(500));
    assertThat(last.bytes()).isPositive();
  }

  private static Encoder withoutSamples(
      ByteArrayOutput output, String container, String codec, ContainerMode mode)
      throws IOException {
    Encoder encoder = Encoder.builder().container(mode).build();
    VideoStream video = encoder.addVideo(Fixtures.options(25).build());
    encoder.addAudio(AudioOptions.builder(48_000, 2).codec(codec).build());
    encoder.openFileLike(output, container);
    Fixtures.addMoving(video, 0, 10);
    return encoder;
  }

  private static EncodingResult encode(
      ByteArrayOutput output, String container, int frames, int chunks) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(Fixtures.WIDTH, Fixtures.HEIGHT, 25));
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(output, container);
      for (int i = 0; i < Math.max(frames, chunks); i++) {
        if (i < frames) {
          Fixtures.addMoving(video, i, i + 1);
        }
        if (i < chunks) {
          audio.addSamples(new float[1][1_920]);
        }
      }
      return encoder.finish();
    }
  }
}
