package io.reelmux.reader.ffmpeg.internal.audio;

import static io.reelmux.reader.ffmpeg.internal.audio.AudioFile.FLOATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Reelmux has encoded, and sources that are read once. */
@ExtendWith(LeakCheck.class)
class ReelmuxFilesTest {
  private static final int RATE = 48_000;
  private static final int COUNT = RATE * 2 + 77;

  private static final float[][] ORIGINAL = Signals.sweep(RATE, COUNT);

  private static byte[] encode(String format, String codec) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.builder(RATE, 2).codec(codec).build());
      encoder.openFileLike(out, format);
      audio.addSamples(ORIGINAL);
      encoder.finish();
    }
    return out.toByteArray();
  }

  /** Whether the count is exact, and how much parts may differ from the whole. */
  @ParameterizedTest
  @CsvSource({
    "mp4, aac, false, 0.1",
    "mkv, aac, false, 0.1",
    "webm, libopus, true, 1e-6",
    "ogg, libopus, true, 1e-6",
    "mp4, libopus, false, 1e-6",
    "mkv, ac3, false, 0.1",
    "mkv, libmp3lame, true, 0",
    "mp3, libmp3lame, true, 0",
    "mka, flac, true, 0",
    "wav, pcm_s16le, true, 0",
    "m4a, alac, true, 0"
  })
  void whole_isTheOriginal(String format, String codec, boolean counted, double seam)
      throws IOException {
    byte[] file = encode(format, codec);
    try (AudioFile audio = AudioFile.open(file, FLOATS)) {
      float[][] whole = audio.whole(4_000);

      assertThat(Signals.lag(whole[0], ORIGINAL[0], 2_000)).isZero();
      assertThat(whole[0].length).isGreaterThanOrEqualTo(COUNT);
      if (counted) {
        assertThat(whole[0]).hasSize(COUNT);
      }
      assertThat(audio.decoder().startNanos()).isBetween(0L, 26_000_000L);
      assertThat(audio.report().notes()).isEmpty();
      Random random = new Random(2);
      for (int i = 0; i < 8; i++) {
        int from = random.nextInt(COUNT - 3_000);
        float[][] part = audio.read(from, 3_000);
        assertThat(AudioFile.difference(part, whole, from)).isLessThanOrEqualTo(seam);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16_000})
  void readOnce_inOrder_isTheWhole(int rate) throws IOException {
    AudioOutput output = rate == 0 ? FLOATS : FLOATS.sampleRate(rate);
    byte[] file = encode("mkv", "flac");
    float[][] whole;
    try (AudioFile audio = AudioFile.open(file, output)) {
      whole = audio.whole(5_000);
    }
    ByteSource once = ByteSource.streaming(new ByteArrayInputStream(file));
    try (AudioFile audio = AudioFile.open(once, "file", output)) {
      assertThatThrownBy(() -> audio.decoder().sampleCount())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ByteSource.spooled");
      float[][] first = audio.read(0, 6_000);
      assertThat(AudioFile.difference(first, whole, 0)).isZero();
      float[][] later = audio.read(20_000, 500);
      assertThat(AudioFile.difference(later, whole, 20_000)).isZero();

      assertThatThrownBy(() -> audio.read(100, 10))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ByteSource.spooled");

      float[][] rest = audio.read(20_500, whole[0].length);
      assertThat(rest[0]).hasSize(whole[0].length - 20_500);
      assertThat(AudioFile.difference(rest, whole, 20_500)).isZero();
      assertThat(audio.decoder().sampleCount()).isEqualTo(whole[0].length);
    }
  }

  @Test
  void release_twice_doesNothing() throws IOException {
    AudioFile audio = AudioFile.open(encode("mkv", "flac"), FLOATS);
    audio.read(0, 10);
    audio.decoder().release();
    audio.close();
    assertThat(audio.report().decoded()).isPositive();
  }
}
