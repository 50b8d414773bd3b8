package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ChannelLayout;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of files and sources that leave something open. */
@RequiresFfmpegCli
class InputFactsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    FfmpegCli.ffmpeg(
        ("-f lavfi -i sine=r=16000:d=4 -f lavfi -i testsrc2=s=320x240:d=4"
                + " -map 0 -ac 1 "
                + file("1.wav")
                + " -map 0 -ac 2 "
                + file("2.wav")
                + " -map 0 -ac 2 -c:a pcm_s16le "
                + file("2.mkv")
                + " -map 0 "
                + file("tone.mp3")
                + " -map 0 "
                + file("tone.flac")
                + " -map 0 -movflags faststart "
                + file("tone.m4a")
                + " -map 0 -map 1 -c:v mpeg4 -q:v 2 "
                + file("late.mp4")
                + " -map 0 -map 1 -c:v mpeg4 -q:v 2 -movflags faststart "
                + file("early.mp4"))
            .split(" "));
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  @ParameterizedTest
  @CsvSource({"1.wav,1", "2.wav,2", "2.mkv,2"})
  void channels_ofWhichTheFileSaysNothing_areMonoAndStereo(String name, int count)
      throws Exception {
    try (MediaReader reader = MediaReader.open(file(name));
        AudioReader audio = reader.audio()) {
      ChannelLayout expected = count == 1 ? ChannelLayout.MONO : ChannelLayout.STEREO;
      assertThat(audio.info().channelLayout()).isEqualTo(expected);
      assertThat(audio.channels()).isEqualTo(expected);
      assertThat(audio.all().count()).isEqualTo(64_000);
    }
  }

  @Test
  void mp3_spooled_hasTheSamplesAndTheDurationOfTheFile() throws Exception {
    try (InputStream in = Files.newInputStream(file("tone.mp3"));
        ByteSource spooled = ByteSource.spooled(in, 1 << 20, folder);
        MediaReader reader = MediaReader.open(spooled);
        AudioReader audio = reader.audio()) {
      assertThat(reader.info().duration()).contains(Duration.ofSeconds(4));
      assertThat(audio.sampleCount()).isEqualTo(64_000);
    }
  }

  @Test
  void mp4_streamedWithItsIndexBehind_isRefusedWithTheWayOut() throws Exception {
    try (InputStream in = Files.newInputStream(file("late.mp4"))) {
      assertThatThrownBy(() -> MediaReader.open(ByteSource.streaming(in)))
          .isInstanceOf(UnsupportedMediaException.class)
          .hasMessageContaining("its index is behind the samples")
          .hasMessageContaining("use ByteSource.spooled");
    }
    try (InputStream in = Files.newInputStream(file("early.mp4"));
        MediaReader reader = MediaReader.open(ByteSource.streaming(in))) {
      assertThat(reader.video().cursor().next()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tone.m4a", "tone.flac"})
  void audio_ofAFileThatWasCut_isTruncated(String name) throws Exception {
    byte[] bytes = Files.readAllBytes(file(name));
    Files.write(file("cut-" + name), Arrays.copyOf(bytes, bytes.length / 2));

    for (String each : new String[] {name, "cut-" + name}) {
      try (MediaReader reader = MediaReader.open(file(each));
          AudioReader audio = reader.audio()) {
        assertThat(audio.all().count()).isPositive();
        assertThat(audio.report().truncated()).isEqualTo(each.startsWith("cut"));
      }
    }
  }

  /** The audio of a file may end before its video. */
  @Test
  void audio_shorterThanTheFile_isNotTruncated() throws Exception {
    Path file = file("short.mkv");
    FfmpegCli.ffmpeg(("-f lavfi -i sine=d=1 -f lavfi -i testsrc2=s=64x64:d=4 " + file).split(" "));
    try (MediaReader reader = MediaReader.open(file);
        AudioReader audio = reader.audio()) {
      assertThat(audio.all().count()).isPositive();
      assertThat(audio.report().truncated()).isFalse();
    }
  }
}
