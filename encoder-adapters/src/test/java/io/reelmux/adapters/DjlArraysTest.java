package io.reelmux.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.passthrough.PassthroughNDManager;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/**
 * Arrays of the library's own manager without an engine, which holds them in buffers. An engine's
 * native libraries have hundreds of megabytes.
 */
class DjlArraysTest {
  private static final NDManager MANAGER = PassthroughNDManager.INSTANCE;

  private static byte[] numbers(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static NDArray array(DataType type, long... shape) {
    int bytes = type.getNumOfBytes();
    for (long length : shape) {
      bytes *= (int) length;
    }
    ByteBuffer values = ByteBuffer.wrap(numbers(bytes)).order(ByteOrder.nativeOrder());
    return MANAGER.create(values, new Shape(shape), type);
  }

  private static byte[] bytes(VideoFrame frame) {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) frame.layout().frameBytes(frame.width(), frame.height()));
    FrameBytes.copy(frame, bytes);
    return bytes.array();
  }

  @Test
  void toVideoFrames_batchOfPlanes_isOneFrameEach() {
    VideoFrames frames =
        DjlArrays.toVideoFrames(array(DataType.UINT8, 2, 3, 2, 4), PixelLayout.RGB_PLANAR);

    assertThat(frames.count()).isEqualTo(2);
    assertThat(frames.width()).isEqualTo(4);
    assertThat(frames.height()).isEqualTo(2);
    assertThat(bytes(frames.frame(1))).startsWith(24, 25).hasSize(24);
  }

  @Test
  void toVideoFrames_oneFrameOfFloats_isABatchOfOne() {
    VideoFrames frames =
        DjlArrays.toVideoFrames(array(DataType.FLOAT32, 2, 4, 3), PixelLayout.RGB_F32);

    assertThat(frames.count()).isEqualTo(1);
    assertThat(frames.width()).isEqualTo(4);
    assertThat(bytes(frames.frame(0))).isEqualTo(numbers(96));
  }

  @Test
  void toVideoFrames_anotherTypeOrShape_isRefusedWithWhatIsRequired() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DjlArrays.toVideoFrames(array(DataType.INT32, 2, 4, 3), PixelLayout.RGB24))
        .withMessage(
            "array of (2, 4, 3), INT32: RGB24 requires uint8 of (height, width, 3) or (N, height,"
                + " width, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DjlArrays.toVideoFrames(array(DataType.UINT8, 2, 4, 3), PixelLayout.RGB_PLANAR))
        .withMessageContaining("requires uint8 of (3, height, width)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DjlArrays.toVideoFrames(array(DataType.UINT8, 4), PixelLayout.GRAY8))
        .withMessageContaining("array of (4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DjlArrays.toVideoFrames(array(DataType.UINT8, 3, 2, 4), PixelLayout.I444))
        .withMessageStartingWith("I444 has no form as an array; these have: RGB24, BGR24, RGBA");
  }

  @Test
  void toNdArray_everyLayoutButYuv_returnsTheSameFrames() {
    for (PixelLayout layout : PixelLayout.values()) {
      byte[] pixels = numbers((int) (2 * layout.frameBytes(4, 2)));
      VideoFrames frames = VideoFrames.of(layout, 4, 2, pixels);
      if (layout.isYuv()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> DjlArrays.toNdArray(MANAGER, frames.frame(0)));
        continue;
      }

      NDArray array = DjlArrays.toNdArray(MANAGER, frames);

      assertThat(array.getShape().get(0)).isEqualTo(2);
      VideoFrames back = DjlArrays.toVideoFrames(array, layout);
      assertThat(bytes(back.frame(1))).as(layout.name()).isEqualTo(bytes(frames.frame(1)));
      NDArray one = DjlArrays.toNdArray(MANAGER, frames.frame(1));
      assertThat(bytes(DjlArrays.toVideoFrames(one, layout).frame(0)))
          .isEqualTo(bytes(frames.frame(1)));
    }
  }
}
