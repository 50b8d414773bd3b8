package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioSamples;
import io.reelmux.SampleLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples by number, by time, and in parts. */
class AudioReaderTest {
  private final FakeMedia media = new FakeMedia().install();
  private MediaReader file;

  @BeforeEach
  void open() throws IOException {
    file = MediaReader.open(ByteSource.of(ByteBuffer.allocate(100)));
  }

  @AfterEach
  void close() {
    file.close();
    assertThat(media.open()).isZero();
    assertThat(media.breaches()).isEmpty();
  }

  private static void assertSamples(AudioSamples samples, long from, int count) {
    assertThat(samples.count()).isEqualTo(count);
    float[][] values = samples.toFloats();
    assertThat(values).hasNumberOfRows(2);
    float scale = samples.layout().type() == SampleLayout.Type.S16 ? 32_768f : 1;
    for (int i = 0; i < count; i++) {
      assertThat(values[0][i]).isEqualTo((from + i) / scale);
      assertThat(values[1][i]).isEqualTo((1000 + from + i) / scale);
    }
  }

  @Test
  void samples_range_hasValuesAndTime() throws Exception {
    media.startNanos = 500_000_000;
    AudioReader reader = file.audio();

    AudioSamples samples = reader.samples(4000, 3);

    assertSamples(samples, 4000, 3);
    assertThat(samples.pts()).hasValue(Duration.ofSeconds(1));
    assertThat(reader.start()).isEqualTo(Duration.ofMillis(500));
    assertThat(reader.sampleCount()).isEqualTo(10_000);
    assertThat(reader.sampleRate()).isEqualTo(8000);
    assertThat(samples.layout()).isEqualTo(SampleLayout.FLOAT_PLANAR);
  }

  @Test
  void samples_beforeZero_haveNoTime() throws Exception {
    media.startNanos = -1;
    AudioReader reader = file.audio();

    assertThat(reader.samples(0, 3).pts()).isEmpty();
    assertThat(reader.samples(8000, 3).pts()).hasValue(Duration.ofNanos(999_999_999));
  }

  @ParameterizedTest
  @EnumSource(names = {"S16_PLANAR", "S16_INTERLEAVED", "FLOAT_PLANAR", "FLOAT_INTERLEAVED"})
  void samples_acrossTheEnd_areThoseThatExist(SampleLayout layout) throws Exception {
    AudioReader reader = file.audio(AudioOutput.of(layout));

    assertSamples(reader.samples(9_990, 50), 9_990, 10);
    assertSamples(reader.samples(10_000, 50), 10_000, 0);
    assertSamples(reader.samples(3, 0), 3, 0);
    assertThatThrownBy(() -> reader.samples(10_001, 50))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("sample 10001: the stream has 10000");
    assertThatThrownBy(() -> reader.samples(-1, 5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("sample -1: must not be negative");
    assertThatThrownBy(() -> reader.samples(0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count -1: must not be negative");
    assertThatThrownBy(() -> reader.samples(0, Integer.MAX_VALUE))
        .hasMessageContaining("exceed an array")
        .hasMessageContaining("chunks() reads any length");
    assertSamples(reader.samples(1, 2), 1, 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"S16_PLANAR", "S16_INTERLEAVED"})
  void all_longerThanABlock_isJoined(SampleLayout layout) throws Exception {
    media.samples = 30_000;
    assertSamples(file.audio(AudioOutput.of(layout)).all(), 0, 30_000);
    media.samples = 0;
    assertThat(file.audio(AudioOutput.of(layout)).all().count()).isZero();
  }

  @Test
  void all_severalBlocks_areReadInOrder() throws Exception {
    media.samples = 150_000;
    AudioSamples all = file.audio().all();

    assertSamples(all, 0, 150_000);
    assertThat(media.calls()).contains("read 0 65536", "read 65536 65536", "read 131072 65536");
    assertThat(media.calls()).doesNotContain("sampleCount");
  }

  @ParameterizedTest
  @CsvSource({
    // 8000 Hz: a sample every 125 us; half of it is 62.5 us
    "0, 1000000, 0, 8",
    "62499, 62500, 0, 1",
    "62500, 187500, 1, 1",
    "62499, 187499, 0, 1",
    "-1000000, 125000, 0, 1",
    "-2000000, -1000000, 0, 0",
    "125000, 125000, 1, 0"
  })
  void samples_times_becomeTheNearestSamplesTiesUp(
      long fromNanos, long toNanos, long first, int count) throws Exception {
    media.startNanos = 7_000_000_000L;
    Duration start = Duration.ofSeconds(7);
    AudioReader reader = file.audio();

    AudioSamples samples = reader.samples(start.plusNanos(fromNanos), start.plusNanos(toNanos));

    assertSamples(samples, first, count);
    assertThat(samples.pts()).hasValue(start.plusNanos(first * 125_000));
  }

  @Test
  void samples_timesOfYears_areBoundedByTheStream() throws Exception {
    AudioReader reader = file.audio();

    assertSamples(reader.samples(Duration.ofSeconds(1), Duration.ofDays(400_000)), 8000, 2000);
    assertThat(reader.samples(Duration.ofSeconds(9), Duration.ofSeconds(10)).count()).isZero();
    assertThat(
            reader
                .samples(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE))
                .count())
        .isZero();
    assertThatThrownBy(() -> reader.samples(Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("to PT0S is before from PT1S");
  }

  @ParameterizedTest
  @CsvSource({"3000, 4", "5000, 2", "10000, 1", "20000, 1"})
  void chunks_sizes_tileTheStream(int size, int parts) throws Exception {
    AudioReader reader = file.audio();
    List<AudioSamples> all = new ArrayList<>();
    reader.chunks(size).forEach(all::add);

    assertThat(all).hasSize(parts);
    long next = 0;
    for (AudioSamples samples : all) {
      assertSamples(samples, next, (int) Math.min(size, 10_000 - next));
      assertThat(samples.pts()).hasValue(Duration.ofNanos(next * 125_000));
      next += samples.count();
    }
    assertThat(next).isEqualTo(10_000);
    Iterator<AudioSamples> iterator = reader.chunks(size).iterator();
    iterator.forEachRemaining(samples -> {});
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void chunks_mistakesAndFailures_areTold() throws Exception {
    AudioReader reader = file.audio();
    assertThatThrownBy(() -> reader.chunks(0)).hasMessage("samples 0: must be positive");
    IOException failure = new IOException("disk");
    media.on(
        "read 0 10",
        () -> {
          throw failure;
        });

    assertThatThrownBy(() -> reader.chunks(10).iterator().hasNext())
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(failure);
    assertThatThrownBy(() -> reader.samples(0, 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("audio 0 after a failure");
  }

  @Test
  void chunks_damaged_goOnBehind() throws Exception {
    media.on(
        "read 100 100",
        () -> {
          throw new DamagedFrameException("audio 0", 100, null, "it is damaged", List.of());
        });
    Iterator<AudioSamples> iterator = file.audio().chunks(100).iterator();
    iterator.next();

    assertThatThrownBy(iterator::hasNext).hasCauseInstanceOf(DamagedFrameException.class);
    assertSamples(iterator.next(), 200, 100);
  }

  @Test
  void toBytes_samples_areLittleEndianInTheirLayout() throws Exception {
    AudioSamples samples = file.audio(AudioOutput.of(SampleLayout.S16_INTERLEAVED)).samples(1, 2);

    ByteBuffer bytes = ByteBuffer.wrap(samples.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    short[] values = new short[4];
    bytes.asShortBuffer().get(values);
    assertThat(values).containsExactly(1, 1001, 2, 1002);
  }

  @Test
  void report_counts_afterCloseToo() throws Exception {
    AudioReader reader = file.audio();
    reader.samples(0, 10);
    reader.close();

    assertThat(reader.report().decoded()).isEqualTo(10);
    assertThatThrownBy(reader::start).hasMessage("start() was called on audio 0 after its close()");
  }
}
