package io.reelmux.ffmpeg.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.DecodedAudio;
import io.reelmux.testing.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What encoders add before the first sample and after the last one. */
class AudioEdgesTest {
  private static final int RATE = 48_000;

  @TempDir Path directory;

  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({
    "opus, libopus, 48000",
    "webm, libopus, 48000",
    "mkv, libopus, 48000",
    "mp3, libmp3lame, 44100",
    "mp3, libmp3lame, 48000",
    "flac, flac, 44100",
    "wav, pcm_s16le, 44100",
    "m4a, alac, 44100"
  })
  void second_decodedByAnotherVersion_hasAllSamplesAtTheirPlaces(
      String container, String codec, int rate) throws Exception {
    Path file = directory.resolve("second." + container);

    EncodingResult result = encode(file, codec, chirp(rate, rate), rate);

    double[] decoded = decodeBySystem(file);
    assertThat(decoded).hasSize(rate);
    assertThat(lag(decoded, chirp(rate, rate))).isZero();
    assertThat(result.notes()).isEmpty();
  }

  /** FFmpeg's decoders ignore the end of an edit list. */
  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({
    "m4a, aac, 44100",
    "m4a, aac, 48000",
    "mp4, libmp3lame, 44100",
    "mp4, ac3, 48000",
    "mov, aac, 48000"
  })
  void second_inMp4_startsAtItsPlaceAndTheFileSaysWhereItEnds(
      String container, String codec, int rate) throws Exception {
    Path file = directory.resolve("second." + container);

    EncodingResult result = encode(file, codec, chirp(rate, rate), rate);

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "format=duration").get(0))
        .isEqualTo("1.000000");
    double[] decoded = decodeBySystem(file);
    assertThat(lag(decoded, chirp(rate, rate))).isZero();
    assertThat(decoded).hasSizeBetween(rate, rate + 1536);
    assertThat(result.notes()).isEmpty();
  }

  /** Older versions of FFmpeg skip what an encoder of Matroska adds for Opus only. */
  @ParameterizedTest
  @CsvSource({
    "aac, 44100",
    "aac, 48000",
    "libmp3lame, 44100",
    "ac3, 48000",
    "eac3, 48000",
    "mp2, 48000"
  })
  void second_inMatroska_hasAllSamplesAtTheirPlaces(String codec, int rate) throws IOException {
    Path file = directory.resolve("second.mkv");

    EncodingResult result = encode(file, codec, chirp(rate, rate), rate);

    double[] decoded = decode(file);
    assertThat(decoded).hasSize(rate);
    assertThat(lag(decoded, chirp(rate, rate))).isZero();
    assertThat(result.notes()).isEmpty();
  }

  /** The encoders have no more than whole frames to give, and delay what they are given. */
  @ParameterizedTest
  @CsvSource({
    "aac, 20480",
    "libmp3lame, 23040",
    "libopus, 19200",
    "ac3, 30720",
    "eac3, 30720",
    "mp2, 23040",
    "mp2fixed, 23040",
    "wmav2, 20480"
  })
  void wholeFrames_lastSamplesAreNotLost(String codec, int count) throws IOException {
    float[] samples = new float[count];
    for (int i = count - 200; i < count; i++) {
      samples[i] = (float) (0.5 * Math.sin(0.4 * i));
    }
    Path file = directory.resolve("end.mkv");

    encode(file, codec, samples, RATE);

    double[] decoded = decode(file);
    double energy = Arrays.stream(decoded).skip(count / 2).map(value -> value * value).sum();
    assertThat(energy).isCloseTo(25, within(4.0));
  }

  @ParameterizedTest
  @CsvSource({
    "ts, aac, 'aac adds, because mpegts does not mark them: the first 1024 and the last 128'",
    "ts, mp2, 'mp2 adds, because mpegts does not mark them: the first 481 and the last 1055'",
    "aac, aac, 'aac adds, because adts does not mark them: the first 1024 and the last 128'",
    "flv, libmp3lame, 'mp3 adds, because flv does not mark them: the first 1105 and the last 431'",
    "nut, libopus, 'opus adds, because nut does not mark them: the last 648'",
    "avi, aac, 'the first 1024 and the last 128; the audio is late by the first'",
    "wav, libmp3lame, 'mp3 adds, because wav does not mark them: the first 1105 and the last 431'"
  })
  void second_containerCannotSay_isNotedWithTheCounts(String container, String codec, String note)
      throws IOException {
    Path file = directory.resolve("heard." + container);

    EncodingResult result = encode(file, codec, chirp(RATE, RATE), RATE);

    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("audio 0: players play samples that ")
        .endsWith(note);
  }

  @Test
  void mp3_withoutSeeking_isNoted() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(RATE, 1));
      encoder.openFileLike(output, "mp3");
      stream.addSamples(AudioSamples.of(new float[][] {chirp(RATE, RATE)}));
      result = encoder.finish();
    }

    double[] decoded = decode(Files.write(directory.resolve("a.mp3"), output.toByteArray()));
    assertThat(lag(decoded, chirp(RATE, RATE))).isEqualTo(1105);
    assertThat(result.notes()).singleElement().asString().contains("1,105 at the start");
  }

  @Test
  void packets_endWithTheLastSample() throws IOException {
    List<Long> ends = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.builder(RATE, 1).codec("ac3").build());
      encoder.openPackets(packet -> ends.add(packet.pts() + packet.duration()));
      stream.addSamples(AudioSamples.of(new float[1][3072]));
      assertThat(encoder.finish().notes()).isEmpty();
    }

    // the samples that the encoder delays by 256 are in a third packet
    assertThat(ends).containsExactly(1280L, 2816L, 3072L);
  }

  private static EncodingResult encode(Path file, String codec, float[] samples, int rate)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.builder(rate, 1).codec(codec).build());
      encoder.openFile(file);
      stream.addSamples(AudioSamples.of(new float[][] {samples}));
      return encoder.finish();
    }
  }

  /** A tone that rises, so that it fits itself at one place only. */
  private static float[] chirp(int rate, int count) {
    float[] samples = new float[count];
    double phase = 0;
    for (int i = 0; i < count; i++) {
      phase += 2 * Math.PI * (300 + 2000.0 * i / count) / rate;
      samples[i] = (float) (0.4 * Math.sin(phase));
    }
    return samples;
  }

  /** Returns by how many samples the decoded ones are later. */
  private static int lag(double[] decoded, float[] original) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int lag = -2100; lag <= 2100; lag++) {
      double sum = 0;
      for (int i = 4_000; i < 12_000; i++) {
        sum += decoded[i + lag] * original[i];
      }
      if (sum > most) {
        most = sum;
        best = lag;
      }
    }
    return best;
  }

  private static double[] decode(Path file) throws IOException {
    DecodedAudio audio = MediaReader.read(Files.readAllBytes(file)).decodedAudio().get(0);
    return audio.channels().get(0);
  }

  private double[] decodeBySystem(Path file) throws Exception {
    Path raw = directory.resolve("decoded.f32");
    FfmpegCli.ffmpeg("-i", file.toString(), "-f", "f32le", raw.toString());
    FloatBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[] samples = new double[floats.remaining()];
    Arrays.setAll(samples, floats::get);
    return samples;
  }
}
