package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
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
}
