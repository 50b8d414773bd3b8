package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoFramesTest {

  @Test
  void of_wholeNumberOfFrames_returnsEachFrame() {
    byte[] bytes = new byte[3 * 12];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    VideoFrames frames = VideoFrames.planarRgb(2, 2, bytes);

    assertThat(frames.count()).isEqualTo(3);
    assertThat(frames.layout()).isEqualTo(PixelLayout.RGB_PLANAR);
    ByteBuffer plane = ByteBuffer.allocate(4);
    frames.frame(2).copyRows(1, 0, 2, plane, 0, 2);
    assertThat(plane.array()).containsExactly(28, 29, 30, 31);
    assertThat(frames.frame(0).order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void of_partOfABuffer_readsBetweenPositionAndLimitWithoutMovingThem() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, 5, 6}).position(1).limit(5);

    VideoFrames frames = VideoFrames.of(PixelLayout.GRAY8, 2, 1, buffer);

    ByteBuffer row = ByteBuffer.allocate(2);
    frames.frame(1).copyRows(0, 0, 1, row, 0, 2);
    assertThat(row.array()).containsExactly(3, 4);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(buffer.limit()).isEqualTo(5);
    assertThat(frames.frame(0).order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void of_emptyBuffer_hasNoFrames() {
    VideoFrames frames = VideoFrames.planarRgb(2, 2, ByteBuffer.allocate(0));

    assertThat(frames.count()).isZero();
    assertThatThrownBy(() -> frames.frame(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void of_partialFrame_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.planarRgb(2, 2, new byte[25]))
        .withMessage(
            "RGB_PLANAR 2x2 has 12 bytes per frame; the buffer has 25, which is not a multiple");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.of(PixelLayout.I420, -1, 2, new byte[0]))
        .withMessage("width -1: must be from 1 to 32767");
  }

  @Test
  void frame_outOfRange_throws() {
    VideoFrames frames = VideoFrames.planarRgb(2, 2, new byte[24]);

    assertThatThrownBy(() -> frames.frame(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> frames.frame(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void withPtsAndKeyFrame_batch_applyToTheFirstFrameOnly() {
    VideoFrames frames =
        VideoFrames.planarRgb(2, 2, new byte[24]).withPts(Duration.ofMillis(40)).withKeyFrame();

    assertThat(frames.frame(0).pts()).contains(Duration.ofMillis(40));
    assertThat(frames.frame(0).keyFrame()).isTrue();
    assertThat(frames.frame(1).pts()).isEmpty();
    assertThat(frames.frame(1).keyFrame()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(Duration.ofMillis(-1)))
        .withMessageContaining("pts");
  }

  @Test
  void of_strides_countsPaddedFrames() {
    byte[] bytes = new byte[2 * 8 * 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    VideoFrames frames = VideoFrames.of(PixelLayout.RGB24, 2, 2, bytes, 8);

    assertThat(frames.count()).isEqualTo(2);
    ByteBuffer plane = ByteBuffer.allocate(12);
    frames.frame(1).copyRows(0, 0, 2, plane, 0, 6);
    assertThat(plane.array()).containsExactly(16, 17, 18, 19, 20, 21, 24, 25, 26, 27, 28, 29);
  }

  @Test
  void of_invalidStrides_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.of(PixelLayout.NV12, 5, 3, new byte[0], 8))
        .withMessage("NV12 has 2 planes: got 1 strides");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.of(PixelLayout.NV12, 5, 3, new byte[0], 5, 5))
        .withMessage("stride 5 of plane 1: a row of NV12 5x3 has 6 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.of(PixelLayout.NV12, 5, 3, new byte[39], 8, 8))
        .withMessage("NV12 5x3 has 40 bytes per frame; the buffer has 39, which is not a multiple");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.of(PixelLayout.GRAY8, 1, 2, new byte[8], Integer.MAX_VALUE))
        .withMessageContaining("has 4294967294 bytes per frame");
  }

  @Test
  void of_stridesChangedAfterwards_readsTheSameBytes() {
    int[] strides = {2};
    VideoFrames frames = VideoFrames.of(PixelLayout.GRAY8, 1, 2, new byte[] {1, 0, 3, 0}, strides);

    strides[0] = 1;

    ByteBuffer plane = ByteBuffer.allocate(2);
    frames.frame(0).copyRows(0, 0, 2, plane, 0, 1);
    assertThat(plane.array()).containsExactly(1, 3);
  }

  @Test
  void withPts_list_isEachFramesTime() {
    List<Duration> times = List.of(Duration.ofMillis(5), Duration.ofMillis(50));

    VideoFrames frames = VideoFrames.planarRgb(2, 2, new byte[24]).withPts(times);

    assertThat(frames.frame(0).pts()).contains(times.get(0));
    assertThat(frames.frame(1).pts()).contains(times.get(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(List.of(Duration.ZERO)))
        .withMessage("1 pts for 2 frames: there must be one for each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(List.of(Duration.ZERO, Duration.ofMillis(-1))))
        .withMessage("pts PT-0.001S: must not be negative");
  }

  @Test
  void withPts_startAndStep_spacesTheFrames() {
    VideoFrames frames =
        VideoFrames.planarRgb(2, 2, new byte[36])
            .withPts(Duration.ofMillis(10), Duration.ofMillis(40));

    assertThat(frames.frame(2).pts()).contains(Duration.ofMillis(90));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(Duration.ZERO, Duration.ZERO))
        .withMessage("step PT0S: must be positive");
  }

  @Test
  void withDuration_time_isEachFramesDuration() {
    VideoFrames frames =
        VideoFrames.planarRgb(2, 2, new byte[24])
            .withDuration(Duration.ofMillis(40))
            .withPts(Duration.ofMillis(10));

    assertThat(frames.frame(0).duration()).contains(Duration.ofMillis(40));
    assertThat(frames.frame(1).duration()).contains(Duration.ofMillis(40));
    assertThat(frames.frame(0).pts()).contains(Duration.ofMillis(10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withDuration(Duration.ofMillis(-1)))
        .withMessage("duration PT-0.001S: must not be negative");
  }
}
