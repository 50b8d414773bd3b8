package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSamplesTest {
  private static final int CHANNELS = 3;
  private static final int COUNT = 4;

  static List<Arguments> layoutsAndOrders() {
    List<Arguments> all = new ArrayList<>();
    for (SampleLayout layout : SampleLayout.values()) {
      all.add(Arguments.of(layout, ByteOrder.BIG_ENDIAN));
      all.add(Arguments.of(layout, ByteOrder.LITTLE_ENDIAN));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("layoutsAndOrders")
  void copyInterleaved_anyLayoutAndOrder_interleavesInNativeOrder(
      SampleLayout layout, ByteOrder order) {
    SampleLayout.Type type = layout.type();
    // three bytes before the position: values need not be aligned
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(3 + CHANNELS * COUNT * type.bytes() + 5).order(order);
    buffer.position(3);
    for (int i = 0; i < CHANNELS * COUNT; i++) {
      int channel = layout.isPlanar() ? i / COUNT : i % CHANNELS;
      int index = layout.isPlanar() ? i % COUNT : i / CHANNELS;
      put(buffer, 3 + i * type.bytes(), type, value(type, channel, index));
    }
    buffer.limit(buffer.limit() - 5);

    AudioSamples samples = AudioSamples.of(layout, CHANNELS, buffer);
    // values of 24 bits become the upper bytes of 32
    boolean packed = type == SampleLayout.Type.S24;
    int size = packed ? 4 : type.bytes();
    ByteBuffer target = ByteBuffer.allocate(3 * CHANNELS * size);
    samples.copyInterleaved(1, 3, target);

    target.order(ByteOrder.nativeOrder());
    for (int i = 0; i < 3 * CHANNELS; i++) {
      assertThat(get(target, i * size, packed ? SampleLayout.Type.S32 : type))
          .isEqualTo(value(type, i % CHANNELS, 1 + i / CHANNELS) * (packed ? 256 : 1));
    }
    assertThat(samples.count()).isEqualTo(COUNT);
    assertThat(samples.channels()).isEqualTo(CHANNELS);
    assertThat(samples.layout()).isEqualTo(layout);
    assertThat(buffer.position()).isEqualTo(3);
    assertThat(target.position()).isZero();
  }

  @ParameterizedTest
  @EnumSource(SampleLayout.class)
  void of_partialSample_throws(SampleLayout layout) {
    int sample = layout.type().bytes() * CHANNELS;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.of(layout, CHANNELS, ByteBuffer.allocate(sample + 1)))
        .withMessageStartingWith("the buffer has ")
        .withMessageEndingWith("3 channels in " + layout + ", " + sample + " bytes");
    assertThat(AudioSamples.of(layout, CHANNELS, ByteBuffer.allocate(0)).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65})
  void of_channelsOutOfRange_throws(int channels) {
    String message = "channels " + channels + ": must be from 1 to 64";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.of(SampleLayout.U8_PLANAR, channels, ByteBuffer.allocate(0)))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.ofInterleaved(channels, new float[0]))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.ofInterleaved(channels, new short[0]))
        .withMessage(message);
  }

  @Test
  void of_floats_arePlanar() {
    AudioSamples samples = AudioSamples.of(new float[][] {{0.5f, -0.5f}, {0.25f, 1}});

    assertThat(floats(samples)).containsExactly(0.5f, 0.25f, -0.5f, 1);
    assertThat(samples.layout()).isEqualTo(SampleLayout.FLOAT_PLANAR);
  }

  @Test
  void of_noChannelsOrUnequalLengths_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.of(new float[0][]))
        .withMessage("channels 0: must be from 1 to 64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.of(new float[][] {{1, 2}, {1}}))
        .withMessage("channel 1 has 1 samples, channel 0 has 2");
    assertThat(AudioSamples.of(new float[2][0]).count()).isZero();
  }

  @Test
  void ofInterleaved_arrays_areReadInOrder() {
    AudioSamples floats = AudioSamples.ofInterleaved(2, new float[] {0.1f, 0.2f, 0.3f, 0.4f});
    AudioSamples shorts = AudioSamples.ofInterleaved(2, new short[] {1, -2, 32_767, -32_768});

    assertThat(floats(floats)).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    ByteBuffer target = ByteBuffer.allocate(8);
    shorts.copyInterleaved(0, 2, target);
    target.order(ByteOrder.nativeOrder());
    assertThat(target.getShort(0)).isEqualTo((short) 1);
    assertThat(target.getShort(2)).isEqualTo((short) -2);
    assertThat(target.getShort(4)).isEqualTo(Short.MAX_VALUE);
    assertThat(target.getShort(6)).isEqualTo(Short.MIN_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.ofInterleaved(2, new short[3]))
        .withMessage(
            "the buffer has 3 values, which is not a multiple of one sample of 2 channels in"
                + " S16_INTERLEAVED, 4 bytes");
  }

  @Test
  void copyInterleaved_floatsOutOfRange_keepsThem() {
    AudioSamples samples = AudioSamples.of(new float[][] {{1.5f, -1.5f, Float.MAX_VALUE, -3e5f}});

    assertThat(floats(samples)).containsExactly(1.5f, -1.5f, Float.MAX_VALUE, -3e5f);
  }

  @Test
  void copyInterleaved_outOfBounds_throws() {
    AudioSamples samples = AudioSamples.of(new float[2][3]);

    assertThatThrownBy(() -> samples.copyInterleaved(2, 2, ByteBuffer.allocate(99)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> samples.copyInterleaved(0, 3, ByteBuffer.allocate(23)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void checkFinite_nanOrInfinity_namesChannelAndIndex(float bad) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.of(new float[][] {{0, 0}, {0, bad}}).checkFinite())
        .withMessage("sample 1 of channel 1 is " + bad + ": samples must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> AudioSamples.ofInterleaved(2, new float[] {0, 0, 0, 0, bad, 0}).checkFinite())
        .withMessageStartingWith("sample 2 of channel 0 is " + bad);
    ByteBuffer doubles = ByteBuffer.allocate(32).putDouble(16, bad);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioSamples.of(SampleLayout.DOUBLE_PLANAR, 2, doubles).checkFinite())
        .withMessageStartingWith("sample 0 of channel 1 is " + bad);
  }

  @Test
  void checkFinite_finiteOrInteger_passes() {
    ByteBuffer nanBits = ByteBuffer.allocate(4).putInt(0, 0x7FC00000);

    assertThatCode(() -> AudioSamples.of(new float[][] {{Float.MAX_VALUE, -0f}}).checkFinite())
        .doesNotThrowAnyException();
    assertThatCode(() -> AudioSamples.of(SampleLayout.S32_PLANAR, 1, nanBits).checkFinite())
        .doesNotThrowAnyException();
  }

  @Test
  void withPts_time_returnsACopy() {
    AudioSamples samples = AudioSamples.of(new float[1][1]);

    assertThat(samples.withPts(Duration.ofSeconds(2)).pts()).hasValue(Duration.ofSeconds(2));
    assertThat(samples.pts()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> samples.withPts(Duration.ofSeconds(-2)))
        .withMessage("pts PT-2S: must not be negative");
  }

  private static float[] floats(AudioSamples samples) {
    ByteBuffer target = ByteBuffer.allocate(samples.count() * samples.channels() * Float.BYTES);
    samples.copyInterleaved(0, samples.count(), target);
    float[] values = new float[samples.count() * samples.channels()];
    target.order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
    return values;
  }

  /** A different value for each position, using every byte of the type. */
  private static double value(SampleLayout.Type type, int channel, int index) {
    int number = channel * COUNT + index + 1;
    return switch (type) {
      case U8 -> 255 - number;
      case S16 -> -0x0102 * number;
      case S24 -> -0x010203 * number;
      case S32 -> -0x01020304 * number;
      case FLOAT -> (float) (number / 13.0);
      case DOUBLE -> -number / 13.0;
    };
  }

  private static void put(ByteBuffer buffer, int at, SampleLayout.Type type, double value) {
    switch (type) {
      case U8 -> buffer.put(at, (byte) (int) value);
      case S16 -> buffer.putShort(at, (short) value);
      case S24 -> {
        int bits = (int) value;
        boolean big = buffer.order() == ByteOrder.BIG_ENDIAN;
        buffer.put(at + (big ? 2 : 0), (byte) bits);
        buffer.put(at + 1, (byte) (bits >> 8));
        buffer.put(at + (big ? 0 : 2), (byte) (bits >> 16));
      }
      case S32 -> buffer.putInt(at, (int) value);
      case FLOAT -> buffer.putFloat(at, (float) value);
      case DOUBLE -> buffer.putDouble(at, value);
    }
  }

  private static double get(ByteBuffer buffer, int at, SampleLayout.Type type) {
    return switch (type) {
      case U8 -> buffer.get(at) & 0xFF;
      case S16 -> buffer.getShort(at);
      case S24 -> throw new AssertionError("unpacked");
      case S32 -> buffer.getInt(at);
      case FLOAT -> buffer.getFloat(at);
      case DOUBLE -> buffer.getDouble(at);
    };
  }

  @ParameterizedTest
  @EnumSource
  void toFloats_anyLayout_returnsTheValuesByChannel(SampleLayout layout) {
    int size = layout.type().bytes();
    ByteBuffer bytes = ByteBuffer.allocate(6 * size).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = {-1, -0.5, 0, 0.25, 0.5, 0.75};
    for (double value : values) {
      put(layout.type(), bytes, value);
    }

    AudioSamples samples = AudioSamples.of(layout, 2, bytes.flip());

    float[][] expected =
        layout.isPlanar()
            ? new float[][] {{-1, -0.5f, 0}, {0.25f, 0.5f, 0.75f}}
            : new float[][] {{-1, 0, 0.5f}, {-0.5f, 0.25f, 0.75f}};
    assertThat(samples.toFloats()).isDeepEqualTo(expected);
    assertThat(samples.toBytes()).isEqualTo(bytes.array());
  }

  private static void put(SampleLayout.Type type, ByteBuffer bytes, double value) {
    switch (type) {
      case U8 -> bytes.put((byte) (128 + value * 128));
      case S16 -> bytes.putShort((short) (value * 32_768));
      case S24 -> {
        int scaled = (int) (value * (1 << 23));
        bytes.put((byte) scaled).put((byte) (scaled >> 8)).put((byte) (scaled >> 16));
      }
      case S32 -> bytes.putInt((int) (value * 2_147_483_648.0));
      case FLOAT -> bytes.putFloat((float) value);
      case DOUBLE -> bytes.putDouble(value);
    }
  }

  @Test
  void toBytes_bigEndianBuffer_returnsLittleEndian() {
    ByteBuffer bytes = ByteBuffer.allocate(4).putShort((short) 1).putShort((short) 2).flip();

    AudioSamples samples = AudioSamples.of(SampleLayout.S16_PLANAR, 2, bytes);

    assertThat(samples.toBytes()).containsExactly(1, 0, 2, 0);
    assertThat(samples.toFloats()).isDeepEqualTo(new float[][] {{1 / 32_768f}, {2 / 32_768f}});
  }
}
