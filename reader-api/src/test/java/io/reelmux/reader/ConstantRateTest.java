package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link VideoOutput#frameRate}: by number and in order the same frames, at exact times. */
class ConstantRateTest {
  private final FakeMedia media = new FakeMedia().install();

  @AfterEach
  void everythingIsReleased() {
    assertThat(media.open()).isZero();
    assertThat(media.breaches()).isEmpty();
  }

  private static MediaReader open() throws IOException {
    return MediaReader.open(ByteSource.of(ByteBuffer.allocate(100)));
  }

  private static VideoReader at(MediaReader file, int numerator, int denominator)
      throws IOException {
    return file.video(
        VideoOutput.of(PixelLayout.GRAY8).frameRate(FrameRate.of(numerator, denominator)));
  }

  private static List<Integer> inOrder(VideoReader reader) {
    List<Integer> pixels = new ArrayList<>();
    for (ReadFrame frame : reader.frames()) {
      assertThat(frame.index()).isEqualTo(pixels.size());
      pixels.add((int) frame.pixels().get(0));
    }
    return pixels;
  }

  private static List<Integer> byNumber(VideoReader reader) throws IOException {
    List<Integer> pixels = new ArrayList<>();
    for (long i = 0; i < reader.frameCount(); i++) {
      pixels.add((int) reader.frame(i).pixels().get(0));
    }
    return pixels;
  }

  @Test
  void frames_half_leaveOutEveryOther() throws Exception {
    try (MediaReader file = open()) {
      VideoReader reader = at(file, 25, 2);

      assertThat(inOrder(reader)).containsExactly(0, 2, 4, 6, 8);
      assertThat(byNumber(reader)).containsExactly(0, 2, 4, 6, 8);
      assertThat(reader.index().end()).isEqualTo(Duration.ofMillis(400));
      assertThat(reader.frame(3).time()).isEqualTo(Duration.ofMillis(240));
    }
  }

  @Test
  void frames_double_repeatsWithTimesOfTheirOwn() throws Exception {
    media.pts = new long[] {10, 11, 13};
    media.end = 14;
    media.keys = Set.of(0, 2);
    try (MediaReader file = open()) {
      VideoReader reader = at(file, 50, 1);

      assertThat(inOrder(reader)).containsExactly(0, 0, 1, 1, 1, 1, 2, 2);
      assertThat(byNumber(reader)).containsExactly(0, 0, 1, 1, 1, 1, 2, 2);
      FrameCursor cursor = reader.cursor();
      cursor.seek(5);
      cursor.next();
      assertThat(cursor.frame().time()).isEqualTo(Duration.ofMillis(500));
      assertThat(cursor.frame().duration()).isEqualTo(Duration.ofMillis(20));
      assertThat(cursor.frame().timeBase()).isEqualTo(new TimeBase(1, 50));
      cursor.next();
      assertThat(cursor.frame().pixels().get(0)).isEqualTo((byte) 2);
      assertThat(cursor.frame().keyFrame()).isTrue();
      cursor.next();
      assertThat(cursor.frame().keyFrame()).as("a repeated one").isFalse();
      assertThat(cursor.next()).isFalse();
      assertThat(reader.index().keys()).containsExactly(0, 6);
      assertThat(reader.frame(7).keyFrame()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"30000, 1001", "24, 1", "1, 1", "3, 1", "1000, 7", "60, 1", "9999, 1000"})
  void frames_anyRate_sameByNumberInOrderAndFromAnyPlace(int numerator, int denominator)
      throws Exception {
    media.timeBase = new TimeBase(1, 1000);
    media.pts = new long[] {-40, 0, 33, 67, 100, 500, 517, 533, 1400, 1401};
    media.end = 2000;
    media.streams =
        List.of(FakeMedia.video(FakeMedia.facts(0, "h264", new TimeBase(1, 1000)), 4, 2));
    double[] seconds = {-0.04, 0, 0.033, 0.067, 0.1, 0.5, 0.517, 0.533, 1.4, 1.401};
    List<Integer> expected = new ArrayList<>();
    for (int k = 0; k * (double) denominator / numerator < 2.04 - 1e-9; k++) {
      double time = -0.04 + k * (double) denominator / numerator;
      int shown = 0;
      while (shown < 9 && seconds[shown + 1] <= time + 1e-9) {
        shown++;
      }
      expected.add(shown);
    }
    try (MediaReader file = open()) {
      VideoReader reader = at(file, numerator, denominator);

      assertThat(inOrder(reader)).isEqualTo(expected);
      assertThat(byNumber(reader)).isEqualTo(expected);
      FrameCursor cursor = reader.cursor();
      for (int k = expected.size() - 1; k >= 0; k -= 3) {
        cursor.seek(k);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.frame().index()).isEqualTo(k);
        assertThat((int) cursor.frame().pixels().get(0)).isEqualTo(expected.get(k));
        assertThat(cursor.frame().pts()).isEqualTo(reader.index().pts(k));
      }
    }
  }

  @Test
  void frames_onlyInOrder_needNoIndex() throws Exception {
    media.sequentialOnly = "the source can be read only in order";
    try (MediaReader file = open()) {
      VideoReader reader = at(file, 5, 1);

      assertThat(inOrder(reader)).containsExactly(0, 5);
      assertThat(media.calls()).doesNotContain("index");
      assertThatThrownBy(() -> reader.frame(0)).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** Ten frames of a twenty-fifth of a second; the grid of 10 frames per second goes on to 0.5. */
  @Test
  void frames_lastOne_endsWithTheStream() throws Exception {
    try (MediaReader file = open()) {
      VideoReader inOrder = at(file, 10, 1);
      VideoReader byNumber = at(file, 10, 1);
      Duration end = byNumber.index().end();
      ReadFrame last = byNumber.frame(byNumber.frameCount() - 1);
      ReadFrame lastInOrder = last;
      for (ReadFrame frame : inOrder.frames()) {
        lastInOrder = frame;
      }

      assertThat(end).isEqualTo(Duration.ofMillis(400));
      assertThat(last.time().plus(last.duration())).isEqualTo(end);
      assertThat(lastInOrder.time().plus(lastInOrder.duration())).isEqualTo(end);
    }
  }

  @Test
  void frames_lastOneWithoutDuration_isShownOnce() throws Exception {
    media.end = 9;
    try (MediaReader file = open()) {
      VideoReader reader = at(file, 25, 1);

      assertThat(inOrder(reader)).hasSize(10);
    }
  }

  @Test
  void frames_damagedAtTheStart_keepTheirNumbers() throws Exception {
    media.damaged = Set.of(4, 5);
    try (MediaReader file = open()) {
      VideoReader reader = at(file, 25, 2);

      assertThat(inOrder(reader)).containsExactly(0, 2, 3, 6, 8);
      FrameCursor cursor = reader.cursor();
      cursor.seek(2);
      cursor.next();
      assertThat(cursor.frame().index()).as("the first that can be decoded").isEqualTo(3);
      assertThatThrownBy(() -> reader.frame(2))
          .isInstanceOfSatisfying(
              DamagedFrameException.class, e -> assertThat(e.index()).isEqualTo(2));
    }
  }

  @Test
  void frames_ofAnEmptyStream_areNone() throws Exception {
    media.pts = new long[0];
    media.end = 0;
    try (MediaReader file = open()) {
      assertThat(inOrder(at(file, 5, 1))).isEmpty();
      assertThat(at(file, 5, 1).frameCount()).isZero();
    }
  }

  @Test
  void index_timeStampsOfYears_areRefused() throws Exception {
    media.pts = new long[] {0, 1L << 40};
    media.end = (1L << 40) + 1;
    media.keys = Set.of(0);
    try (MediaReader file = open()) {
      assertThatThrownBy(() -> at(file, 25, 1).index())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("frameRate 25 gives 1099511627777 frames: at most 67108864");
    }
  }
}
