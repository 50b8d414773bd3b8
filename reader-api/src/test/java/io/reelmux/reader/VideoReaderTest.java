package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.PixelLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames by number and time, one by one and in batches. */
class VideoReaderTest {
  private final FakeMedia media = new FakeMedia().install();
  private MediaReader file;
  private VideoReader reader;

  @BeforeEach
  void open() throws IOException {
    file = MediaReader.open(ByteSource.of(ByteBuffer.allocate(100)));
    reader = file.video(VideoOutput.of(PixelLayout.GRAY8));
    media.forgetCalls();
  }

  @AfterEach
  void close() {
    file.close();
    assertThat(media.open()).isZero();
    assertThat(media.breaches()).isEmpty();
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void frame_number_returnsItWithAllFacts() throws Exception {
    ReadFrame frame = reader.frame(3);

    assertThat(frame.index()).isEqualTo(3);
    assertThat(frame.pts()).isEqualTo(3);
    assertThat(frame.timeBase()).isEqualTo(media.timeBase);
    assertThat(frame.time()).isEqualTo(ms(120));
    assertThat(frame.duration()).isEqualTo(ms(40));
    assertThat(frame.keyFrame()).isFalse();
    assertThat(frame.damaged()).isFalse();
    assertThat(frame.frameType()).isEqualTo('P');
    assertThat(frame.pixels().remaining()).isEqualTo(8);
    assertThat(frame.pixels().get(7)).isEqualTo((byte) 3);
    assertThat(frame.pixels().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThatThrownBy(() -> frame.pixels().put(0, (byte) 1))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThat(frame).hasToString("frame 3 at PT0.12S: GRAY8 4x2, P");
    assertThat(reader.frame(4)).hasToString("frame 4 at PT0.16S: GRAY8 4x2, I, key");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 10, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32})
  void frame_outOfRange_namesTheCountAndTheReaderStaysUsable(long n) throws Exception {
    assertThatThrownBy(() -> reader.frame(n))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("frame " + n + ": the stream has 10 frames");
    assertThatThrownBy(() -> reader.framesAt(1, n)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> reader.cursor().seek(n)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(reader.frame(0).index()).isZero();
    assertThat(media.calls()).as("nothing was decoded for nothing").doesNotContain("frame 1");
  }

  @Test
  void frameShownAt_times_findTheFrame() throws Exception {
    assertThat(reader.frameShownAt(ms(0)).index()).isZero();
    assertThat(reader.frameShownAt(ms(119)).index()).isEqualTo(2);
    assertThat(reader.frameShownAt(ms(120)).index()).isEqualTo(3);
    assertThat(reader.frameShownAt(ms(399)).index()).isEqualTo(9);
    assertThatThrownBy(() -> reader.frameShownAt(ms(400)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("no frame is shown at PT0.4S: must be PT0S to before PT0.4S");
    assertThatThrownBy(() -> reader.frameShownAt(ms(-1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(reader.frameCount()).isEqualTo(10);
    assertThat(reader.index().constantRate()).isTrue();
  }

  @Test
  void framesAt_anyOrderAndRepeats_decodesEachOnceRising() throws Exception {
    FrameBatch batch = reader.framesAt(7, 2, 7, 0, 2);

    assertThat(media.calls()).containsExactly("index", "frame 0", "frame 2", "frame 7");
    assertThat(batch.count()).isEqualTo(5);
    assertThat(batch.data().remaining()).isEqualTo(40);
    byte[] first = new byte[5];
    for (int i = 0; i < 5; i++) {
      first[i] = batch.data().get(i * 8 + 7);
      assertThat(batch.get(i).index()).isEqualTo(first[i]);
      assertThat(batch.get(i).pixels().get(0)).isEqualTo(first[i]);
    }
    assertThat(first).containsExactly(7, 2, 7, 0, 2);
    assertThat(batch.seconds()).containsExactly(0.28, 0.08, 0.28, 0, 0.08);
    assertThat(batch.shape()).containsExactly(5, 2, 4);
    assertThat(batch.toVideoFrames().count()).isEqualTo(5);
    assertThat(batch).hasToString("5 frames of GRAY8 4x2");
    assertThatThrownBy(() -> batch.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.data().put(0, (byte) 0))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void framesAt_none_isEmpty() throws Exception {
    assertThat(reader.framesAt().count()).isZero();
    assertThat(reader.framesShownAt(List.of()).shape()).containsExactly(0, 2, 4);
    assertThat(reader.framesIn(4, 4, 1).count()).isZero();
  }

  @Test
  void framesIn_ranges_followTheStep() throws Exception {
    assertThat(indices(reader.framesIn(2, 5, 1))).containsExactly(2L, 3L, 4L);
    assertThat(indices(reader.framesIn(2, 10, 3))).containsExactly(2L, 5L, 8L);
    assertThat(indices(reader.framesIn(0, 10, 9))).containsExactly(0L, 9L);
    assertThat(indices(reader.framesIn(0, 10, Long.MAX_VALUE))).containsExactly(0L);
    assertThatThrownBy(() -> reader.framesIn(2, 11, 1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("frames 2 to 11: the stream has 10");
    assertThatThrownBy(() -> reader.framesIn(-1, 3, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> reader.framesIn(3, 2, 1)).hasMessage("from 3 is after to 2");
    assertThatThrownBy(() -> reader.framesIn(3, 4, 0)).hasMessage("step 0: must be positive");
  }

  private static List<Long> indices(FrameBatch batch) {
    return java.util.stream.IntStream.range(0, batch.count())
        .mapToObj(i -> batch.get(i).index())
        .toList();
  }

  @Test
  void framesShownAt_times_inTheirOrder() throws Exception {
    FrameBatch batch = reader.framesShownAt(List.of(ms(130), ms(0), ms(130)));

    assertThat(indices(batch)).containsExactly(3L, 0L, 3L);
    assertThatThrownBy(() -> reader.framesShownAt(List.of(ms(0), ms(400))))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void framesAt_tooManyForABuffer_isRefusedBeforeMemoryIsAllocated() throws Exception {
    media.width = 10_000;
    media.height = 10_000;
    VideoReader large = file.video(VideoOutput.of(PixelLayout.GRAY8));

    assertThatThrownBy(() -> large.framesAt(new long[22]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("22 frames of 100000000 bytes exceed a buffer: at most 21 at once");
  }

  @Test
  void readAt_callersMemory_isFilledFromItsPosition() throws Exception {
    ByteBuffer target = ByteBuffer.allocateDirect(30).position(5);

    reader.readAt(new long[] {9, 1, 9}, target);

    assertThat(target.position()).isEqualTo(5);
    assertThat(target.get(4)).isZero();
    assertThat(target.get(5)).isEqualTo((byte) 9);
    assertThat(target.get(13)).isEqualTo((byte) 1);
    assertThat(target.get(28)).isEqualTo((byte) 9);
    assertThat(target.get(29)).isZero();
  }

  @Test
  void readAt_wrongTarget_isRefused() {
    assertThatThrownBy(() -> reader.readAt(new long[2], ByteBuffer.allocate(15)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 frames have 16 bytes, the target has 15 remaining");
    assertThatThrownBy(() -> reader.readAt(new long[0], ByteBuffer.allocate(15).asReadOnlyBuffer()))
        .hasMessage("the target is read-only");
    assertThat(media.calls()).isEmpty();
  }

  @Test
  void damagedFrame_asked_throwsAndTheReaderStaysUsable() throws Exception {
    media.damaged = java.util.Set.of(3);

    assertThatThrownBy(() -> reader.frame(3))
        .isInstanceOf(DamagedFrameException.class)
        .hasMessage("could not decode number 3 (video 0): it is damaged");
    assertThatThrownBy(() -> reader.framesAt(2, 3)).isInstanceOf(DamagedFrameException.class);
    assertThat(reader.frame(4).index()).isEqualTo(4);
    VideoReader keeping = file.video(VideoOutput.of(PixelLayout.GRAY8).damage(Damage.KEEP));
    assertThat(keeping.frame(3).damaged()).isTrue();
    assertThat(keeping.frame(3)).asString().endsWith(", damaged");
  }

  @Test
  void sequentialOnly_numbersAndTimes_areRefusedWithTheReason() throws Exception {
    media.sequentialOnly = "the filter select changes the number of frames";
    VideoReader ordered = file.video(VideoOutput.of(PixelLayout.GRAY8));

    assertThatThrownBy(() -> ordered.frame(0))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "frame() requires frames that are numbered, and these can only be read in order:"
                + " the filter select changes the number of frames");
    assertThatThrownBy(ordered::index).hasMessageStartingWith("index() requires");
    assertThatThrownBy(ordered::frameCount).hasMessageStartingWith("frameCount() requires");
    assertThatThrownBy(() -> ordered.framesAt(0)).hasMessageStartingWith("framesAt() requires");
    assertThatThrownBy(() -> ordered.framesIn(0, 1, 1)).hasMessageStartingWith("framesIn() ");
    assertThatThrownBy(() -> ordered.frameShownAt(ms(0)))
        .hasMessageStartingWith("frameShownAt() requires");
    assertThatThrownBy(() -> ordered.framesShownAt(List.of()))
        .hasMessageStartingWith("framesShownAt() requires");
    assertThatThrownBy(() -> ordered.readAt(new long[0], ByteBuffer.allocate(0)))
        .hasMessageStartingWith("readAt() requires");
    FrameCursor cursor = ordered.cursor();
    assertThatThrownBy(() -> cursor.seek(0)).hasMessageStartingWith("seek() requires");
    assertThatThrownBy(() -> cursor.seek(ms(0))).hasMessageStartingWith("seek() requires");
    assertThat(cursor.next()).isTrue();
  }

  @Test
  void report_afterClose_remains() throws Exception {
    reader.framesAt(1, 2);

    assertThat(reader.report().decoded()).isEqualTo(2);
    reader.close();
    reader.close();

    assertThat(reader.report().decoded()).isEqualTo(2);
    assertThatThrownBy(() -> reader.frame(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("frame() was called on video 0 after its close()");
    assertThat(file.audio().samples(0, 1).count()).isEqualTo(1);
  }

  @Test
  void frame_readerClosed_remainsValid() throws Exception {
    ReadFrame frame = reader.frame(3);
    FrameBatch batch = reader.framesAt(4);
    FrameCursor cursor = reader.cursor();
    cursor.next();
    ReadFrame inCursor = cursor.frame();

    file.close();

    assertThat(frame.pixels().get(0)).isEqualTo((byte) 3);
    assertThat(batch.get(0).pixels().get(0)).isEqualTo((byte) 4);
    assertThat(inCursor.pixels().get(0)).isZero();
  }
}
