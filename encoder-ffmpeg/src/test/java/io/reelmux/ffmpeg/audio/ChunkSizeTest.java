package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of the chunks in which audio is added does not change a byte of the file. */
class ChunkSizeTest {
  private static final int COUNT = 13_000;

  @ParameterizedTest
  @CsvSource({
    "wav, pcm_s16le, 44100, 44100",
    "flac, flac, 44100, 44100",
    "mp3, libmp3lame, 44100, 44100",
    "m4a, aac, 44100, 44100",
    "mp4, aac, 48000, 48000",
    "mkv, libopus, 48000, 48000",
    "ogg, libopus, 44100, 48000",
    "wav, pcm_s16le, 44100, 16000",
    "mp3, libmp3lame, 96000, 48000"
  })
  void addSamples_anyChunkSize_identicalFile(String format, String codec, int rate, int outputRate)
      throws IOException {
    AudioOptions options =
        AudioOptions.builder(rate, 2).codec(codec).outputSampleRate(outputRate).build();
    float[][] samples = TestAudio.noise(2, COUNT);
    byte[] whole = file(format, options, samples, COUNT);

    assertThat(file(format, options, samples, 1)).isEqualTo(whole);
    for (int chunk : new int[] {7, 1_023, 1_024, 1_152, 4_095, 4_096, 4_097, 12_999}) {
      assertThat(file(format, options, samples, chunk)).as("chunks of %d", chunk).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({"wav", "flac", "mp3", "m4a", "mkv"})
  void addSamples_emptyChunksInBetween_identicalFile(String format) throws IOException {
    AudioOptions options = AudioOptions.of(44_100, 2);
    float[][] samples = TestAudio.noise(2, COUNT);

    byte[] file =
        encode(
                exact(),
                format,
                options,
                stream -> {
                  stream.addSamples(new float[2][0]);
                  addFrom(stream, samples, 0, 5_000);
                  stream.addSamples(new float[2][0]);
                  stream.addSamples(new float[2][0]);
                  addFrom(stream, samples, 5_000, COUNT);
                  stream.addSamples(new float[2][0]);
                })
            .file();

    assertThat(file).isEqualTo(file(format, options, samples, COUNT));
  }

  private static byte[] file(String format, AudioOptions options, float[][] samples, int chunk)
      throws IOException {
    return encode(
            exact(),
            format,
            options,
            stream -> {
              for (int from = 0; from < COUNT; from += chunk) {
                addFrom(stream, samples, from, Math.min(COUNT, from + chunk));
              }
            })
        .file();
  }

  /** Without it, Ogg and Matroska files have random identifiers. */
  private static Encoder.Builder exact() {
    return Encoder.builder().muxerOption("fflags", "+bitexact");
  }

  private static void addFrom(AudioStream stream, float[][] samples, int from, int to)
      throws IOException {
    float[][] part = new float[samples.length][];
    for (int channel = 0; channel < samples.length; channel++) {
      part[channel] = Arrays.copyOfRange(samples[channel], from, to);
    }
    stream.addSamples(part);
  }
}
