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
    assertThat(frames.device()).isEqualTo(Device.cpu());
    assertThat(frames.devicePointer()).isZero();
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

  @Test
  void onDevice_misaligned_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> VideoFrames.onDevice(Device.cuda(), PixelLayout.RGB_PLANAR_F32, 4, 2, 66, 1))
        .withMessage(
            "devicePointer 66: components of RGB_PLANAR_F32 have 4 bytes, and it must be a multiple"
                + " of that");
  }

  @Test
  void onDevice_tightlyPacked_planesFollowWithoutPadding() {
    VideoFrames frames = VideoFrames.onDevice(Device.cuda(), PixelLayout.NV12, 5, 3, 64, 2);

    assertThat(frames.pitch()).isEmpty();
    assertThat(frames.stream()).isZero();
    assertThat(frames.avFrame()).isZero();
    assertThat(frames.planePitch(0)).isEqualTo(5);
    assertThat(frames.planePitch(1)).isEqualTo(6);
    assertThat(frames.frameStride()).isEqualTo(5 * 3 + 6 * 2);
  }

  @Test
  void withPitch_rowsOfEveryPlane_areThatFarApart() {
    VideoFrames packed = VideoFrames.onDevice(Device.cuda(), PixelLayout.NV12, 5, 3, 64, 2);

    VideoFrames frames = packed.withStream(7).withPitch(8).withKeyFrame();

    assertThat(frames.pitch()).hasValue(8);
    assertThat(frames.planePitch(0)).isEqualTo(8);
    assertThat(frames.planePitch(1)).isEqualTo(8);
    assertThat(frames.frameStride()).isEqualTo(8 * 3 + 8 * 2);
    assertThat(frames.stream()).isEqualTo(7);
    assertThat(frames.keyFrame()).isTrue();
    assertThat(frames.devicePointer()).isEqualTo(64);
    assertThat(frames.count()).isEqualTo(2);
    assertThat(packed.pitch()).isEmpty();
    assertThat(packed.stream()).isZero();
    assertThat(packed.keyFrame()).isFalse();
  }

  @Test
  void withPitch_shorterThanARow_throws() {
    VideoFrames nv12 = VideoFrames.onDevice(Device.cuda(), PixelLayout.NV12, 5, 3, 64, 2);
    VideoFrames floats =
        VideoFrames.onDevice(Device.cuda(), PixelLayout.RGB_PLANAR_F16, 4, 2, 64, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> nv12.withPitch(5))
        .withMessage("pitch 5: rows of NV12 5x3 take 6 bytes, and a pitch is at most 2147483647");
    assertThat(nv12.withPitch(6).planePitch(0)).isEqualTo(6);
    assertThatIllegalArgumentException().isThrownBy(() -> nv12.withPitch(1L << 31));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> floats.withPitch(9))
        .withMessageContaining("pitch 9: components of RGB_PLANAR_F16 have 2 bytes");
  }

  @Test
  void withPitchOrStream_notAPointer_throws() {
    VideoFrames host = VideoFrames.planarRgb(2, 2, new byte[24]);
    VideoFrames decoded = VideoFrames.ofAvFrame(Device.cuda(), PixelLayout.NV12, 4, 2, 99);

    assertThatThrownBy(() -> host.withPitch(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "withPitch is for pictures that VideoFrames.onDevice made, not for pictures in host"
                + " memory");
    assertThatThrownBy(() -> decoded.withStream(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "withStream is for pictures that VideoFrames.onDevice made, not for a frame of"
                + " FFmpeg's");
  }

  @Test
  void ofAvFrame_values_areKeptOrRefused() {
    VideoFrames frame = VideoFrames.ofAvFrame(Device.cuda(2), PixelLayout.P010, 4, 2, 99);

    assertThat(frame.avFrame()).isEqualTo(99);
    assertThat(frame.device()).isEqualTo(Device.cuda(2));
    assertThat(frame.count()).isEqualTo(1);
    assertThat(frame.devicePointer()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.ofAvFrame(Device.cpu(), PixelLayout.NV12, 4, 2, 99))
        .withMessage("ofAvFrame takes memory of a GPU, not of cpu");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.ofAvFrame(Device.cuda(), PixelLayout.NV12, 4, 2, 0))
        .withMessage("avFrame is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrames.ofAvFrame(Device.cuda(), PixelLayout.I420, 4, 2, 99))
        .withMessage("a frame of FFmpeg's must be NV12 or P010, not I420: scale_cuda converts it");
  }

  @Test
  void withPtsAndKeyFrame_hostMemory_applyToTheFirstFrameOnly() {
    VideoFrames frames =
        VideoFrames.planarRgb(2, 2, new byte[24]).withPts(Duration.ofMillis(40)).withKeyFrame();

    assertThat(frames.pts()).contains(Duration.ofMillis(40));
    assertThat(frames.frame(0).pts()).contains(Duration.ofMillis(40));
    assertThat(frames.frame(0).keyFrame()).isTrue();
    assertThat(frames.frame(1).pts()).isEmpty();
    assertThat(frames.frame(1).keyFrame()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(Duration.ofMillis(-1)))
        .withMessageContaining("pts");
  }
}
