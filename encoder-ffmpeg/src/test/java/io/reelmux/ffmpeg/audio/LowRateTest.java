package io.reelmux.ffmpeg.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.SampleLayout;
import io.reelmux.SeekableOutputStream;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Very low sample rates, where resampling turns one sample into tens of thousands. */
class LowRateTest {
  private static final int OUTPUT_RATE = 48_000;

  /** Half an hour at 1 Hz: 346 MB of 16-bit samples at 96 kHz. */
  private static final int HALF_AN_HOUR = 1800;

  /** Counts the bytes written, and runs an action on each write. */
  private static final class Counting extends SeekableOutputStream {
    private final Runnable eachWrite;
    private long position;
    long written;

    Counting(Runnable eachWrite) {
      this.eachWrite = eachWrite;
    }

    @Override
    public void write(int value) {
      throw new AssertionError("bytes come in arrays");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      written += length;
      position += length;
      eachWrite.run();
    }

    @Override
    public void seek(long newPosition) {
      position = newPosition;
    }

    @Override
    public long position() {
      return position;
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "7, 100", "300, 5000"})
  void addSamples_lowRate_keepsSampleDurations(int rate, int count) throws IOException {
    float[][] half = new float[2][count];
    Arrays.fill(half[0], 0.5f);
    Arrays.fill(half[1], -0.25f);
    AudioOptions options = AudioOptions.builder(rate, 2).outputSampleRate(OUTPUT_RATE).build();

    DecodedAudio decoded = TestAudio.encode("wav", options, half).decoded();

    int expected = (int) ((long) count * OUTPUT_RATE / rate);
    assertThat(decoded.length()).isCloseTo(expected, within(OUTPUT_RATE / rate + 8));
    double[] left = decoded.channels().get(0);
    double[] right = decoded.channels().get(1);
    // the filter rings at both ends
    int edge = expected / 3;
    for (int i = edge; i < expected - edge; i += 97) {
      assertThat(left[i]).as("sample %d", i).isCloseTo(0.5, within(0.01));
      assertThat(right[i]).as("sample %d", i).isCloseTo(-0.25, within(0.01));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void addSamples_halfAnHourInOneCall_usesLittleMemory() throws IOException {
    long before = residentMib();
    long[] maxMib = {0};
    int[] writes = {0};
    Counting target =
        new Counting(
            () -> {
              if (writes[0]++ % 50 == 0) {
                maxMib[0] = Math.max(maxMib[0], residentMib() - before);
              }
            });

    encode(target, AudioOptions.builder(1, 1).outputSampleRate(2 * OUTPUT_RATE).build());

    assertThat(target.written).isCloseTo(2L * 2 * OUTPUT_RATE * HALF_AN_HOUR, within(1L << 20));
    assertThat(writes[0]).isGreaterThan(1000);
    // the Java heap may grow meanwhile; resampled in one piece it would be 700 or more
    assertThat(maxMib[0]).as("MiB").isLessThan(300);
  }

  @Test
  void cancel_duringCallWithMillionsOfSamples_endsCall() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      int[] writes = {0};
      Counting target =
          new Counting(
              () -> {
                if (++writes[0] == 10) {
                  encoder.cancel();
                }
              });
      AudioStream audio =
          encoder.addAudio(AudioOptions.builder(1, 1).outputSampleRate(OUTPUT_RATE).build());
      encoder.openFileLike(target, "wav");

      assertThatThrownBy(() -> audio.addSamples(samples()))
          .isInstanceOf(CancellationException.class);

      assertThat(writes[0]).isEqualTo(10);
    }
  }

  private static void encode(Counting target, AudioOptions options) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(options);
      encoder.openFileLike(target, "wav");
      audio.addSamples(samples());
    }
  }

  private static AudioSamples samples() {
    return AudioSamples.of(SampleLayout.U8_INTERLEAVED, 1, ByteBuffer.allocate(HALF_AN_HOUR));
  }

  private static long residentMib() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no VmRSS");
  }
}
