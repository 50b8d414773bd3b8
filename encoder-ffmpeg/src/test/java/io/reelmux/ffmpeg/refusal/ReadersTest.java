package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.audio;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.PixelLayout;
import io.reelmux.StreamOptions;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readers of a file could not learn from it is refused, or a note says so. */
class ReadersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "qtrle, matroska",
    "prores, asf",
    "wmav2, nut",
    "wmav1, mov",
    "mpeg4, rm",
    "mpeg4, rawvideo",
    "wrapped_avframe, data",
    "mjpeg, wtv"
  })
  void open_codecThatNoReaderFinds_refused(String codec, String container) throws IOException {
    EncoderInfo info = EncoderCatalog.load().encoder(codec).orElseThrow();
    Throwable refusal =
        info.sampleRates().isEmpty() && !codec.startsWith("wma")
            ? video(container, video(codec).build())
            : audio(container, audio(codec).build());

    assertThat(refusal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + container + "' does not support")
        .hasMessageContaining("no player would recognize it");
  }

  @ParameterizedTest
  @CsvSource({
    "crc, checksums",
    "framemd5, checksums",
    "s16le, no header",
    "data, no header",
    "ffmetadata, tags and chapters"
  })
  void notes_containerThatStatesNothing(String container, String why) throws IOException {
    StreamOptions options = audio("pcm_s16le").build();

    assertThat(notes(options, container))
        .anyMatch(note -> note.startsWith(container + " states nothing of its streams: "))
        .anyMatch(note -> note.contains(why));
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, h264, false",
    "mjpeg, mjpeg, false",
    "libopenh264, mpeg, false",
    "mpeg2video, mpeg2video, true",
    "mpeg4, mpeg, true",
    "libopenh264, mp4, true",
    "mpeg2video, mxf, true"
  })
  void notes_frameRateThatNothingStates(String codec, String container, boolean stored)
      throws IOException {
    String note =
        "video 0: "
            + codec
            + " in "
            + container
            + " cannot store the frame rate 25; players do not";

    assertThat(notes(video(codec).build(), container).stream().anyMatch(n -> n.startsWith(note)))
        .isEqualTo(!stored);
  }

  /** FFmpeg would take 48 kHz for 16 kHz, and all of it would be three times as long. */
  @Test
  @RequiresFfmpegCli
  void g722_isResampledToItsOnlyRate() throws Exception {
    Path file = folder.resolve("g722.wav");
    List<String> notes = write(AudioOptions.builder(48_000, 1).codec("g722").build(), file, "wav");

    assertThat(notes)
        .contains("audio 0: 48000 Hz was resampled to 16000 Hz, the nearest rate that g722 has");
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=sample_rate"))
        .anyMatch(line -> line.contains("16000"));
    assertThat(EncoderCatalog.load().encoder("g722").orElseThrow().sampleRates())
        .containsExactly(16_000);
  }

  @ParameterizedTest
  @CsvSource({
    "roq_dpcm, 44100, 'roq_dpcm does not support outputSampleRate 44100; it supports: 22050'",
    "nellymoser, 48000, 'it supports: 8000, 11025, 16000, 22050, 44100'"
  })
  void open_rateThatAnEncoderDoesNotReport_refused(String codec, int rate, String words)
      throws IOException {
    AudioOptions options =
        AudioOptions.builder(48_000, 1).codec(codec).outputSampleRate(rate).build();

    assertThat(audio("mkv", options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void open_channelsThatAnEncoderDoesNotReport_refused() throws IOException {
    assertThat(audio("asf", AudioOptions.builder(48_000, 6).codec("wmav2").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wmav2 does not support 6 channels; it supports: 1, 2");
  }

  @Test
  void open_settingsThatTheEncoderRefuses_areNamedWithItsWords() throws IOException {
    assertThat(video("mxf", video("dnxhd").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("video 0: dnxhd does not support 64x48 at 25 frames a second in ")
        .hasMessageContaining("Frame size: 1440x1080")
        .hasMessageEndingWith("change what it names, or use another codec");
    assertThat(audio("asf", AudioOptions.builder(96_000, 2).codec("wmav2").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("audio 0: wmav2 does not support 96000 Hz, stereo, fltp: ");
  }

  @Test
  void notes_voc_roundsTheRateOfBytes() throws IOException {
    assertThat(notes(audio("pcm_u8").build(), "voc"))
        .contains(
            "audio 0: 48000 Hz is rounded: voc states the length of a sample of pcm_u8 in"
                + " microseconds");
    assertThat(notes(audio("pcm_s16le").build(), "voc")).noneMatch(n -> n.contains("rounded"));
  }

  private List<String> notes(StreamOptions options, String container) throws IOException {
    Path file = folder.resolve("file");
    Files.deleteIfExists(file);
    return write(options, file, container);
  }

  private static List<String> write(StreamOptions options, Path file, String container)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      if (options instanceof VideoOptions video) {
        VideoStream stream = encoder.addVideo(video);
        encoder.openFile(file, container);
        byte[] gray = new byte[video.width() * video.height()];
        for (int i = 0; i < 3; i++) {
          stream.addFrame(VideoFrame.of(PixelLayout.GRAY8, video.width(), video.height(), gray));
        }
      } else {
        AudioOptions audio = (AudioOptions) options;
        AudioStream stream = encoder.addAudio(audio);
        encoder.openFile(file, container);
        stream.addSamples(new float[audio.channels()][4800]);
      }
      return encoder.finish().notes();
    }
  }
}
