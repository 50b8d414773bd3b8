package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames over byte arrays and buffers. */
class VideoFrameTest {

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void of_packed_copiesEveryPlane(PixelLayout layout) {
    byte[] bytes = counting((int) layout.frameBytes(5, 3));

    VideoFrame frame = VideoFrame.of(layout, 5, 3, bytes);

    assertThat(planes(frame, 0)).isEqualTo(bytes);
    assertThat(frame.layout()).isEqualTo(layout);
    assertThat(frame.width()).isEqualTo(5);
    assertThat(frame.height()).isEqualTo(3);
    assertThat(frame.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void of_wrongLength_throws(PixelLayout layout) {
    int length = (int) layout.frameBytes(5, 3);

    for (int wrong : new int[] {0, length - 1, length + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VideoFrame.of(layout, 5, 3, new byte[wrong]))
          .withMessage("%s 5x3 needs %d bytes, the buffer has %d", layout, length, wrong);
    }
  }

  @Test
  void of_floats_areTheBytesInNativeOrder() {
    float[] values = {0, 1, -2, Float.NaN, 0.5f, 3e-9f};
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);

    VideoFrame frame = VideoFrame.of(PixelLayout.RGB_PLANAR_F32, 2, 1, values);

    assertThat(frame.order()).isEqualTo(ByteOrder.nativeOrder());
    assertThat(planes(frame, 0)).isEqualTo(bytes.array());
    FloatBuffer part = FloatBuffer.wrap(new float[] {9, 0, 1, -2, Float.NaN, 0.5f, 3e-9f, 9});
    part.position(1).limit(7);
    assertThat(planes(VideoFrame.of(PixelLayout.RGB_PLANAR_F32, 2, 1, part), 0))
        .isEqualTo(bytes.array());
    assertThat(part.position()).isEqualTo(1);
  }

  @Test
  void of_shorts_areTheBytesInNativeOrder() {
    short[] values = {0, 1, -1, (short) 0x8001, 1023, 7};
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
    bytes.asShortBuffer().put(values);

    VideoFrame frame = VideoFrame.of(PixelLayout.I444_10, 2, 1, values);

    for (int padding : new int[] {0, 3}) {
      assertThat(planes(frame, padding)).isEqualTo(bytes.array());
    }
  }

  @Test
  void ofArgb_pixels_areThoseOfGetRgb() {
    int[] pixels = {0xFF123456, 0x80FFFFFF, 0, -1};

    VideoFrame frame = VideoFrame.ofArgb(2, 2, pixels);

    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(pixels);
    assertThat(planes(frame, 1)).isEqualTo(bytes.array());
    assertThat(frame.layout().hasAlpha()).isTrue();
  }

  @Test
  void of_arrayOfAnotherType_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.RGBA, 1, 1, new float[1]))
        .withMessageContaining("RGBA does not consist of 32-bit floats");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.RGBA, 1, 1, new short[2]))
        .withMessageContaining("RGBA does not consist of components of two bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.ofArgb(2, 2, new int[3]))
        .withMessageContaining("2x2 needs 16 bytes, the buffer has 12");
  }

  @Test
  void of_negativeStride_turnsRowsUpsideDown() {
    byte[] bytes = {5, 6, 0, 3, 4, 0, 1, 2};

    VideoFrame frame = VideoFrame.of(PixelLayout.GRAY8, 2, 3, List.of(ByteBuffer.wrap(bytes)), -3);

    assertThat(planes(frame, 0)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(planes(frame, 2)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> VideoFrame.of(PixelLayout.GRAY8, 2, 3, List.of(ByteBuffer.wrap(bytes)), -1))
        .withMessage("stride -1 of plane 0: a row of GRAY8 2x3 has 2 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> VideoFrame.of(PixelLayout.GRAY8, 2, 3, List.of(ByteBuffer.wrap(bytes)), -4))
        .withMessageContaining("with stride -4 needs 10 bytes, the buffer has 8");
  }

  @Test
  void withCrop_everyLayout_isThatPartOfEachPlane() {
    for (PixelLayout layout : PixelLayout.values()) {
      int width = 8;
      int height = 6;
      byte[] all = counting((int) layout.frameBytes(width, height));
      VideoFrame frame = VideoFrame.of(layout, width, height, all);

      VideoFrame part = frame.withCrop(2, 4, 5, 2).withKeyFrame();

      assertThat(part.width()).isEqualTo(5);
      assertThat(part.height()).isEqualTo(2);
      assertThat(part.keyFrame()).isTrue();
      byte[] expected = new byte[(int) layout.frameBytes(5, 2)];
      int at = 0;
      int start = 0;
      for (int plane = 0; plane < layout.planeCount(); plane++) {
        int stride = layout.rowBytes(plane, width);
        int bytes = layout.rowBytes(plane, 5);
        for (int row = 0; row < layout.planeHeight(plane, 2); row++) {
          int from =
              start + (layout.planeHeight(plane, 4) + row) * stride + layout.rowBytes(plane, 2);
          System.arraycopy(all, from, expected, at, bytes);
          at += bytes;
        }
        start += stride * layout.planeHeight(plane, height);
      }
      assertThat(planes(part, 0)).as(layout.name()).isEqualTo(expected);
      assertThat(planes(part.withCrop(0, 0, 5, 2), 3)).isEqualTo(expected);
    }
  }

  @Test
  void withCrop_beyondTheFrameOrBetweenChroma_throws() {
    VideoFrame frame = VideoFrame.of(PixelLayout.I420, 4, 4, new byte[24]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.withCrop(1, 0, 2, 2))
        .withMessage(
            "crop at 1,0: chroma of I420 is subsampled, so x must be a multiple of 2 and y of 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.withCrop(0, 2, 4, 3))
        .withMessage("crop height 3: must be from 1 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.withCrop(4, 0, 1, 1))
        .withMessage("crop x 4: must be from 0 to 3");
  }

  @Test
  void of_sizeOutOfRange_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.GRAY8, 0, 3, new byte[0]))
        .withMessage("width 0: must be from 1 to 32767");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.GRAY8, 3, 32_768, new byte[0]))
        .withMessage("height 32768: must be from 1 to 32767");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.RGBA64, 32_767, 32_767, new byte[1]))
        .withMessageContaining("needs 8589410312 bytes");
  }

  @Test
  void of_partOfABuffer_readsBetweenPositionAndLimitWithoutMovingThem() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(20).order(ByteOrder.BIG_ENDIAN);
    buffer.put(counting(20)).position(7).limit(13);

    VideoFrame frame = VideoFrame.of(PixelLayout.GRAY8, 3, 2, buffer);

    assertThat(planes(frame, 0)).containsExactly(7, 8, 9, 10, 11, 12);
    assertThat(buffer.position()).isEqualTo(7);
    assertThat(buffer.limit()).isEqualTo(13);
    assertThat(frame.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void of_bufferMovedAfterwards_readsTheSameBytes() {
    ByteBuffer buffer = ByteBuffer.wrap(counting(4));
    VideoFrame frame = VideoFrame.of(PixelLayout.GRAY8, 2, 2, buffer);

    buffer.position(3);

    assertThat(planes(frame, 0)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void of_paddedPlanes_skipsThePadding() {
    ByteBuffer y = ByteBuffer.wrap(counting(2 + 8 + 8 + 5)).position(2);
    ByteBuffer u = ByteBuffer.wrap(counting(4 + 3));
    ByteBuffer v = ByteBuffer.wrap(counting(100));

    VideoFrame frame = VideoFrame.of(PixelLayout.I420, 5, 3, List.of(y, u, v), 8, 4, 50);

    assertThat(planes(frame, 1))
        .containsExactly(
            2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 18, 19, 20, 21, 22, 0, 1, 2, 4, 5, 6, 0, 1, 2, 50,
            51, 52);
  }

  @Test
  void of_planesShorterThanTheStrides_throws() {
    ByteBuffer full = ByteBuffer.allocate(100);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                VideoFrame.of(PixelLayout.NV12, 5, 3, List.of(full, ByteBuffer.allocate(13)), 8, 8))
        .withMessage("plane 1 of NV12 5x3 with stride 8 needs 14 bytes, the buffer has 13");
    VideoFrame.of(PixelLayout.NV12, 5, 3, List.of(full, ByteBuffer.allocate(14)), 8, 8);
  }

  @Test
  void of_strideShorterThanARow_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> VideoFrame.of(PixelLayout.RGB24, 5, 3, List.of(ByteBuffer.allocate(99)), 14))
        .withMessage("stride 14 of plane 0: a row of RGB24 5x3 has 15 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> VideoFrame.of(PixelLayout.RGB24, 5, 3, List.of(ByteBuffer.allocate(99)), -14));
  }

  @Test
  void of_hugeStride_doesNotOverflow() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                VideoFrame.of(
                    PixelLayout.GRAY8, 2, 3, List.of(ByteBuffer.allocate(99)), Integer.MAX_VALUE))
        .withMessageContaining("needs 4294967296 bytes");
  }

  @Test
  void of_wrongNumberOfPlanes_throws() {
    ByteBuffer buffer = ByteBuffer.allocate(99);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.I420, 2, 2, List.of(buffer, buffer), 2, 2))
        .withMessage("I420 has 3 planes: got 2 buffers and 2 strides");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.GRAY8, 2, 2, List.of(buffer), 2, 2))
        .withMessage("GRAY8 has 1 planes: got 1 buffers and 2 strides");
  }

  @Test
  void of_planesOfDifferentByteOrder_throws() {
    ByteBuffer big = ByteBuffer.allocate(99);
    ByteBuffer little = ByteBuffer.allocate(99).order(ByteOrder.LITTLE_ENDIAN);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoFrame.of(PixelLayout.P010, 2, 2, List.of(big, little), 4, 4))
        .withMessage("the planes' buffers differ in byte order");
  }

  @Test
  void of_stridesChangedAfterwards_readsTheSameBytes() {
    int[] strides = {3};
    VideoFrame frame =
        VideoFrame.of(PixelLayout.GRAY8, 2, 2, List.of(ByteBuffer.wrap(counting(6))), strides);

    strides[0] = 2;

    assertThat(planes(frame, 0)).containsExactly(0, 1, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void copyRows_someRows_writesOnlyThose(int padding) {
    VideoFrame frame = VideoFrame.of(PixelLayout.GRAY8, 2, 4, counting(8));
    int stride = 2 + padding;
    byte[] target = new byte[20];
    Arrays.fill(target, (byte) -1);

    frame.copyRows(0, 1, 2, ByteBuffer.wrap(target), 3, stride);

    byte[] expected = new byte[20];
    Arrays.fill(expected, (byte) -1);
    expected[3] = 2;
    expected[4] = 3;
    expected[3 + stride] = 4;
    expected[4 + stride] = 5;
    assertThat(target).isEqualTo(expected);
  }

  @Test
  void copyRows_outOfBounds_throws() {
    VideoFrame frame = VideoFrame.of(PixelLayout.I420, 2, 4, counting(12));
    ByteBuffer target = ByteBuffer.allocate(100);

    assertThatThrownBy(() -> frame.copyRows(0, 3, 2, target, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> frame.copyRows(1, 2, 1, target, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> frame.copyRows(0, 0, 4, ByteBuffer.allocate(7), 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void with_value_returnsACopy() {
    VideoFrame plain = Fixtures.frame();

    VideoFrame timed =
        plain.withPts(Duration.ofMillis(5)).withDuration(Duration.ofMillis(7)).withKeyFrame();

    assertThat(timed.pts()).hasValue(Duration.ofMillis(5));
    assertThat(timed.duration()).hasValue(Duration.ofMillis(7));
    assertThat(timed.keyFrame()).isTrue();
    assertThat(timed.withPts(Duration.ZERO).duration()).hasValue(Duration.ofMillis(7));
    assertThat(timed.withPts(Duration.ZERO).keyFrame()).isTrue();
    assertThat(plain.pts()).isEmpty();
    assertThat(plain.duration()).isEmpty();
    assertThat(plain.keyFrame()).isFalse();
  }

  @Test
  void with_negativeTime_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixtures.frame().withPts(Duration.ofNanos(-1)))
        .withMessage("pts PT-0.000000001S: must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixtures.frame().withDuration(Duration.ofSeconds(-1)))
        .withMessage("duration PT-1S: must not be negative");
  }

  /** Returns all planes one after another, copied with padded rows and then packed. */
  private static byte[] planes(VideoFrame frame, int padding) {
    PixelLayout layout = frame.layout();
    ByteBuffer packed = ByteBuffer.allocate((int) layout.frameBytes(frame.width(), frame.height()));
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      int rowBytes = layout.rowBytes(plane, frame.width());
      int rows = layout.planeHeight(plane, frame.height());
      int stride = rowBytes + padding;
      ByteBuffer target = ByteBuffer.allocateDirect(rows * stride);
      frame.copyRows(plane, 0, rows, target, 0, stride);
      for (int row = 0; row < rows; row++) {
        packed.put(target.slice(row * stride, rowBytes));
      }
    }
    return packed.array();
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Test
  void withOwner_frameReachable_keepsTheOwnerReachable() throws InterruptedException {
    VideoFrame frame = VideoFrame.of(PixelLayout.GRAY8, 2, 2, new byte[] {1, 2, 3, 4});
    Object owner = new Object();
    WeakReference<Object> reachable = new WeakReference<>(owner);
    VideoFrame owned = frame.withOwner(owner).withCrop(1, 0, 1, 2).withPts(Duration.ZERO);
    owner = null;

    System.gc();

    assertThat(planes(owned, 1)).isEqualTo(planes(frame.withCrop(1, 0, 1, 2), 1));
    assertThat(reachable.get()).isNotNull();
    Reference.reachabilityFence(owned);
    owned = null;
    for (int i = 0; i < 100 && reachable.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(reachable.get()).as("nothing else keeps it").isNull();
  }

  @Test
  void withPts_sinceTheEpoch_throwsWithTheLimit() {
    VideoFrame frame = VideoFrame.of(PixelLayout.GRAY8, 1, 1, new byte[1]);

    for (Duration time : List.of(Duration.ofDays(20_000), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> frame.withPts(time))
          .withMessageContaining("366 days")
          .withMessageContaining("1970");
      assertThatIllegalArgumentException().isThrownBy(() -> frame.withDuration(time));
    }
    assertThat(frame.withPts(VideoFrame.MAX_TIME).pts()).hasValue(VideoFrame.MAX_TIME);
  }

  @Test
  void withPts_stepBeyondTheLimit_throws() {
    VideoFrames frames = VideoFrames.of(PixelLayout.GRAY8, 1, 1, new byte[3]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.withPts(Duration.ZERO, Duration.ofDays(184)))
        .withMessageContaining("last frame");
  }
}
