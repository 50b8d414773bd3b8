package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class VideoFramesTest {

  @Test
  void of_wholeNumberOfFrames_givesEachOfThem() {
    byte[] bytes = new byte[3 * 12];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    VideoFrames frames = VideoFrames.planarRgb(2, 2, bytes);

    assertThat(frames.count()).isEqualTo(3);
    assertThat(frames.layout()).isEqualTo(PixelLayout.RGB_PLANAR);
    assertThat(frames.device()).isEqualTo(Device.cpu());
    assertThat(frames.devicePointer()).isZero();
    ByteBuffer plane = ByteBuffer.allocate(4);
    frames.frame(2).copyRows(1, 0, 2, plane, 0, 2);
    assertThat(plane.array()).containsExactly(28, 29, 30, 31);
    assertThat(frames.frame(0).order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void of_partOfABuffer_readsBetweenPositionAndLimitAndMovesNeither() {
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
  void of_noBytes_isNoFrames() {
    VideoFrames frames = VideoFrames.planarRgb(2, 2, ByteBuffer.allocate(0));

    assertThat(frames.count()).isZero();
    assertThatThrownBy(() -> frames.frame(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void of_brokenFrame_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.planarRgb(2, 2, new byte[25]))
        .withMessage(
            "RGB_PLANAR 2x2 takes 12 bytes a frame, the buffer's 25 are no multiple of it");
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
  void onDevice_memory_isNotReadable() {
    VideoFrames frames = VideoFrames.onDevice(Device.cuda(1), PixelLayout.NV12, 4, 2, -64, 5);

    assertThat(frames.count()).isEqualTo(5);
    assertThat(frames.device()).isEqualTo(Device.cuda(1));
    assertThat(frames.devicePointer()).isEqualTo(-64);
    assertThatThrownBy(() -> frames.frame(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the frames are in the memory of cuda:1");
  }

  @Test
  void onDevice_wrongValues_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.onDevice(Device.cpu(), PixelLayout.NV12, 4, 2, 64, 1))
        .withMessage("onDevice takes memory of a GPU, not of cpu");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.onDevice(Device.cuda(), PixelLayout.NV12, 4, 2, 0, 1))
        .withMessage("devicePointer is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.onDevice(Device.cuda(), PixelLayout.NV12, 4, 2, 64, -1))
        .withMessage("count -1: must be from 0 to 2147483647");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.onDevice(Device.cuda(), PixelLayout.NV12, 0, 2, 64, 1));
  }
}
