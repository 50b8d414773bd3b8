package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames in order: cursors and iterators, which share one decoder. */
class FrameCursorTest {
  private final FakeMedia media = new FakeMedia().install();
  private MediaReader file;
  private VideoReader reader;

  @BeforeEach
  void open() throws IOException {
    file = MediaReader.open(ByteSource.of(ByteBuffer.allocate(100)));
    reader = file.video(gray());
    media.forgetCalls();
  }

  private static VideoOutput gray() {
    return VideoOutput.of(PixelLayout.GRAY8);
  }

  @AfterEach
  void close() {
    file.close();
    assertThat(media.open()).isZero();
    assertThat(media.breaches()).isEmpty();
  }

  private static List<Long> rest(FrameCursor cursor) throws IOException {
    List<Long> all = new ArrayList<>();
    while (cursor.next()) {
      assertThat(cursor.frame().pixels().get(0)).isEqualTo((byte) cursor.frame().index());
      all.add(cursor.frame().index());
    }
    return all;
  }

  @Test
  void next_wholeFile_makesNoIndexAndEnds() throws Exception {
    FrameCursor cursor = reader.cursor();

    assertThat(rest(cursor)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(cursor.next()).isFalse();
    assertThat(media.calls()).containsOnly("next");
  }

  @Test
  void frame_beforeNextOrAtTheEnd_isRefused() throws Exception {
    FrameCursor cursor = reader.cursor();
    assertThatThrownBy(cursor::frame)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no frame: call next(), and only if it returns true");

    rest(cursor);

    assertThatThrownBy(cursor::frame).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void frame_stale_refusesItsPixelsButKeepsItsFacts() throws Exception {
    FrameCursor cursor = reader.cursor();
    cursor.next();
    ReadFrame first = cursor.frame();
    ReadFrame kept = first.copy();
    cursor.next();

    assertThatThrownBy(first::pixels)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "frame 0 is no longer in the cursor's memory, which holds the next one: copy() keeps"
                + " it");
    assertThatThrownBy(first::copy).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(first::toImage).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(first::toVideoFrame).isInstanceOf(IllegalStateException.class);
    assertThat(first.index()).isZero();
    assertThat(kept.pixels().get(0)).isZero();
    assertThat(cursor.frame().pixels().get(0)).isEqualTo((byte) 1);
    assertThat(cursor).hasToString("cursor of video 0: h264, GRAY8 4x2, at frame 1");
  }

  @Test
  void seek_numberAndTime_continuesThere() throws Exception {
    FrameCursor cursor = reader.cursor();
    cursor.next();

    cursor.seek(7);
    assertThatThrownBy(cursor::frame).isInstanceOf(IllegalStateException.class);
    assertThat(rest(cursor)).containsExactly(7L, 8L, 9L);
    cursor.seek(Duration.ofMillis(330));
    assertThat(rest(cursor)).containsExactly(8L, 9L);
    cursor.seek(0);
    assertThat(rest(cursor)).hasSize(10);
  }

  @Test
  void seek_outOfRange_theCursorStays() throws Exception {
    FrameCursor cursor = reader.cursor();
    cursor.next();

    assertThatThrownBy(() -> cursor.seek(10)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cursor.seek(Duration.ofSeconds(1)))
        .isInstanceOf(IndexOutOfBoundsException.class);

    assertThat(cursor.frame().pixels().get(0)).isZero();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.frame().index()).isEqualTo(1);
  }

  @Test
  void cursors_inTurnAndBetweenReadsByNumber_eachKeepsItsPlace() throws Exception {
    FrameCursor one = reader.cursor();
    FrameCursor two = reader.cursor();
    one.next();
    one.next();
    two.next();
    assertThat(two.frame().index()).isZero();
    assertThat(reader.frame(8).index()).isEqualTo(8);
    one.next();
    assertThat(one.frame().index()).isEqualTo(2);
    two.next();
    assertThat(two.frame().index()).isEqualTo(1);
    assertThat(rest(one)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(rest(two)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(one.next()).isFalse();
  }

  @Test
  void keyFramesOnly_oneCursor_leavesTheOtherAlone() throws Exception {
    FrameCursor keys = reader.cursor();
    FrameCursor all = reader.cursor();
    keys.keyFramesOnly(true);

    keys.next();
    keys.next();
    assertThat(keys.frame().index()).isEqualTo(4);
    all.next();
    all.next();
    assertThat(all.frame().index()).isEqualTo(1);
    assertThat(rest(keys)).containsExactly(8L);
    keys.seek(1);
    keys.next();
    assertThat(keys.frame().index()).isEqualTo(4);
    keys.keyFramesOnly(false);
    keys.next();
    assertThat(keys.frame().index()).isEqualTo(5);
  }

  @Test
  void keyFramesOnly_constantRate_isRefused() throws Exception {
    FrameCursor cursor = file.video(gray().frameRate(FrameRate.of(5, 1))).cursor();

    assertThatThrownBy(() -> cursor.keyFramesOnly(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("keyFramesOnly contradicts VideoOutput.frameRate: read the stream without it");
  }

  @Test
  void damage_skipped_leavesFramesOut() throws Exception {
    media.damaged = Set.of(1, 2);

    assertThat(rest(reader.cursor())).containsExactly(0L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void damage_fails_theNextCallReadsOnBehindIt() throws Exception {
    media.damaged = Set.of(1);
    VideoReader failing = file.video(gray().damage(Damage.FAIL));
    FrameCursor cursor = failing.cursor();
    cursor.next();

    assertThatThrownBy(cursor::next).isInstanceOf(DamagedFrameException.class);
    assertThatThrownBy(cursor::frame).isInstanceOf(IllegalStateException.class);
    failing.frame(9);
    cursor.next();
    assertThat(cursor.frame().index()).isEqualTo(2);
    Iterator<ReadFrame> iterator = failing.frames().iterator();
    iterator.next();
    assertThatThrownBy(iterator::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(DamagedFrameException.class);
    assertThat(iterator.next().index()).isEqualTo(2);
  }

  @Test
  void sequentialOnly_secondCursor_startsAnewAndTheFirstIsRefused() throws Exception {
    media.sequentialOnly = "the source can be read only in order";
    VideoReader ordered = file.video(gray());
    FrameCursor one = ordered.cursor();
    one.next();
    one.next();
    FrameCursor two = ordered.cursor();
    two.next();

    assertThat(two.frame().index()).isZero();
    assertThatThrownBy(one::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "another cursor of video 0 has been used since, and frames can only be read in order:"
                + " the source can be read only in order");
    assertThat(rest(two)).hasSize(9);
  }

  @Test
  void frames_iterated_eachHasMemoryOfItsOwn() throws Exception {
    List<ReadFrame> all = new ArrayList<>();
    reader.frames().forEach(all::add);

    for (int i = 0; i < 10; i++) {
      assertThat(all.get(i).index()).isEqualTo(i);
      assertThat(all.get(i).pixels().get(0)).isEqualTo((byte) i);
    }
    assertThat(reader.frames()).as("again, from the start").hasSize(10);
    Iterator<ReadFrame> iterator = reader.frames().iterator();
    iterator.forEachRemaining(frame -> {});
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void frames_failure_isUnchecked() throws Exception {
    IOException failure = new IOException("disk");
    Iterator<ReadFrame> iterator = reader.frames().iterator();
    iterator.next();
    media.on(
        "next",
        () -> {
          throw failure;
        });

    assertThatThrownBy(iterator::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(failure);
  }
}
