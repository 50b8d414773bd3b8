package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceFramesTest {

  @Test
  void of_pointer_keepsEveryValue() {
    DevicePointerFrames frames = DeviceFrames.of(Device.cuda(1), PixelLayout.NV12, 4, 2, -64, 5);

    assertThat(frames.count()).isEqualTo(5);
    assertThat(frames.device()).isEqualTo(Device.cuda(1));
    assertThat(frames.devicePointer()).isEqualTo(-64);
    assertThat(frames.layout()).isEqualTo(PixelLayout.NV12);
    assertThat(frames.width()).isEqualTo(4);
    assertThat(frames.height()).isEqualTo(2);
  }

  @Test
  void of_invalidValue_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceFrames.of(Device.cpu(), PixelLayout.NV12, 4, 2, 64, 1))
        .withMessage("DeviceFrames are in GPU memory, not on cpu: use VideoFrames");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 4, 2, 0, 1))
        .withMessage("devicePointer is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 4, 2, 64, -1))
        .withMessage("count -1: must be from 0 to 2147483647");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 0, 2, 64, 1));
  }

  @Test
  void of_misaligned_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceFrames.of(Device.cuda(), PixelLayout.RGB_PLANAR_F32, 4, 2, 66, 1))
        .withMessage(
            "devicePointer 66: components of RGB_PLANAR_F32 have 4 bytes, and it must be a multiple"
                + " of that");
  }

  @Test
  void frameStride_tightlyPacked_hasNoPadding() {
    DevicePointerFrames frames = DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 5, 3, 64, 2);

    assertThat(frames.pitch()).isEmpty();
    assertThat(frames.cudaStream()).isZero();
    assertThat(frames.planePitch(0)).isEqualTo(5);
    assertThat(frames.planePitch(1)).isEqualTo(6);
    assertThat(frames.frameStride()).isEqualTo(5 * 3 + 6 * 2);
  }

  @Test
  void withPitch_padding_appliesToEveryPlane() {
    DevicePointerFrames packed = DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 5, 3, 64, 2);

    DevicePointerFrames frames = packed.withCudaStream(7).withPitch(8).withKeyFrame();

    assertThat(frames.pitch()).hasValue(8);
    assertThat(frames.planePitch(0)).isEqualTo(8);
    assertThat(frames.planePitch(1)).isEqualTo(8);
    assertThat(frames.frameStride()).isEqualTo(8 * 3 + 8 * 2);
    assertThat(frames.cudaStream()).isEqualTo(7);
    assertThat(frames.keyFrame()).isTrue();
    assertThat(frames.devicePointer()).isEqualTo(64);
    assertThat(frames.count()).isEqualTo(2);
    assertThat(packed.pitch()).isEmpty();
    assertThat(packed.cudaStream()).isZero();
    assertThat(packed.keyFrame()).isFalse();
  }

  @Test
  void withPitch_shorterThanARow_throws() {
    DevicePointerFrames nv12 = DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 5, 3, 64, 2);
    DevicePointerFrames floats =
        DeviceFrames.of(Device.cuda(), PixelLayout.RGB_PLANAR_F16, 4, 2, 64, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> nv12.withPitch(5))
        .withMessage("pitch 5 of NV12 5x3: must be from 6 to 2147483647");
    assertThat(nv12.withPitch(6).planePitch(0)).isEqualTo(6);
    assertThatIllegalArgumentException().isThrownBy(() -> nv12.withPitch(1L << 31));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> floats.withPitch(9))
        .withMessageContaining("pitch 9: components of RGB_PLANAR_F16 have 2 bytes");
  }

  @Test
  void withPts_time_appliesToTheFirstFrameOnly() {
    DevicePointerFrames frames =
        DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 4, 2, 64, 2)
            .withPts(Duration.ofMillis(40));

    assertThat(frames.pts(0)).contains(Duration.ofMillis(40));
    assertThat(frames.pts(1)).isEmpty();
    assertThatThrownBy(() -> frames.pts(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(Duration.ofMillis(-1)))
        .withMessageContaining("pts");
  }

  @Test
  void withPtsAndDuration_batch_applyToEveryFrame() {
    DevicePointerFrames frames =
        DeviceFrames.of(Device.cuda(), PixelLayout.NV12, 4, 2, 64, 2)
            .withPts(List.of(Duration.ofMillis(1), Duration.ofMillis(9)))
            .withDuration(Duration.ofMillis(40));

    assertThat(frames.pts(1)).contains(Duration.ofMillis(9));
    assertThat(frames.duration()).contains(Duration.ofMillis(40));
    assertThat(frames.withPts(Duration.ZERO, Duration.ofMillis(3)).pts(1))
        .contains(Duration.ofMillis(3));
  }
}
