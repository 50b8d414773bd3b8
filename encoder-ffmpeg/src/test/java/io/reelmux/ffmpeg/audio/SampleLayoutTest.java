package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.SampleLayout;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same audio gives the same file, whatever its layout in memory. The samples are 8-bit values,
 * which every type represents exactly.
 */
class SampleLayoutTest {
  private static final int CHANNELS = 3;
  private static final int COUNT = 5_000;
  private static final AudioOptions FLOAT_WAV =
      AudioOptions.builder(32_000, CHANNELS).codec("pcm_f32le").build();

  /** Returns -128 to 127, a different waveform for each channel. */
  private static int level(int channel, int index) {
    return (index * (channel + 3) + 17 * channel) % 256 - 128;
  }

  private static float[][] floats() {
    float[][] samples = new float[CHANNELS][COUNT];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < COUNT; i++) {
        samples[channel][i] = level(channel, i) / 128f;
      }
    }
    return samples;
  }

  private static ByteBuffer buffer(SampleLayout layout, ByteOrder order, boolean direct) {
    int bytes = COUNT * CHANNELS * layout.type().bytes();
    // not at the start or end of the memory: position and limit must be honored
    ByteBuffer whole =
        direct ? ByteBuffer.allocateDirect(bytes + 9) : ByteBuffer.allocate(bytes + 9);
    ByteBuffer buffer = whole.position(5).slice(5, bytes).order(order);
    for (int a = 0; a < (layout.isPlanar() ? CHANNELS : COUNT); a++) {
      for (int b = 0; b < (layout.isPlanar() ? COUNT : CHANNELS); b++) {
        put(buffer, layout.type(), layout.isPlanar() ? level(a, b) : level(b, a));
      }
    }
    return buffer.flip();
  }

  private static void put(ByteBuffer buffer, SampleLayout.Type type, int level) {
    switch (type) {
      case U8 -> buffer.put((byte) (level + 128));
      case S16 -> buffer.putShort((short) (level << 8));
      case S24 -> {
        boolean big = buffer.order() == ByteOrder.BIG_ENDIAN;
        buffer.put((byte) (big ? level : 0)).put((byte) 0).put((byte) (big ? 0 : level));
      }
      case S32 -> buffer.putInt(level << 24);
      case FLOAT -> buffer.putFloat(level / 128f);
      case DOUBLE -> buffer.putDouble(level / 128.0);
    }
  }

  static Stream<Arguments> layoutsAndOrders() {
    return Stream.of(SampleLayout.values())
        .flatMap(
            layout ->
                Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                    .flatMap(
                        order ->
                            Stream.of(true, false)
                                .map(direct -> Arguments.of(layout, order, direct))));
  }

  @ParameterizedTest
  @MethodSource("layoutsAndOrders")
  void addSamples_anyLayoutAndByteOrder_sameFile(
      SampleLayout layout, ByteOrder order, boolean direct) throws IOException {
    byte[] expected = encode("wav", FLOAT_WAV, floats()).file();
    ByteBuffer buffer = buffer(layout, order, direct);

    byte[] file =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> stream.addSamples(AudioSamples.of(layout, CHANNELS, buffer)))
            .file();

    assertThat(file).isEqualTo(expected);
    assertThat(buffer.position()).isZero();
    assertThat(buffer.hasRemaining()).isTrue();
  }

  @Test
  void addSamples_interleavedArrays_sameFile() throws IOException {
    float[] interleaved = new float[CHANNELS * COUNT];
    short[] shorts = new short[CHANNELS * COUNT];
    for (int i = 0; i < COUNT; i++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        interleaved[i * CHANNELS + channel] = level(channel, i) / 128f;
        shorts[i * CHANNELS + channel] = (short) (level(channel, i) << 8);
      }
    }

    byte[] planar = encode("wav", FLOAT_WAV, floats()).file();
    byte[] floats =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> stream.addSamples(AudioSamples.ofInterleaved(CHANNELS, interleaved)))
            .file();

    assertThat(floats).isEqualTo(planar);
    assertThat(encode("wav", FLOAT_WAV, shorts).file()).isEqualTo(planar);
  }

  @ParameterizedTest
  @EnumSource(SampleLayout.class)
  void addSamples_readOnlyBuffer_sameFile(SampleLayout layout) throws IOException {
    ByteBuffer buffer = buffer(layout, ByteOrder.BIG_ENDIAN, false);
    ByteBuffer readOnly = buffer.asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN);

    byte[] file =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> stream.addSamples(AudioSamples.of(layout, CHANNELS, readOnly)))
            .file();

    assertThat(file).isEqualTo(encode("wav", FLOAT_WAV, floats()).file());
  }

  @Test
  void addSamples_bufferReusedAtOnce_samplesAreUnchanged() throws IOException {
    float[][] reused = new float[CHANNELS][100];
    float[][] all = floats();

    byte[] file =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> {
                  for (int from = 0; from < COUNT; from += 100) {
                    for (int channel = 0; channel < CHANNELS; channel++) {
                      System.arraycopy(all[channel], from, reused[channel], 0, 100);
                    }
                    stream.addSamples(reused);
                    for (float[] channel : reused) {
                      Arrays.fill(channel, 0.99f);
                    }
                  }
                })
            .file();

    assertThat(file).isEqualTo(encode("wav", FLOAT_WAV, all).file());
  }

  @Test
  void addSamples_mixedTypes_areContinuous() throws IOException {
    List<SampleLayout> layouts = new ArrayList<>(List.of(SampleLayout.values()));

    DecodedAudio decoded =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> {
                  for (SampleLayout layout : layouts) {
                    add(stream, layout);
                  }
                })
            .decoded();

    assertThat(decoded.length()).isEqualTo(COUNT * layouts.size());
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < decoded.length(); i++) {
        assertThat(decoded.channels().get(channel)[i]).isEqualTo(level(channel, i % COUNT) / 128.0);
      }
    }
  }

  @Test
  void addSamples_mixedTypesWhileResampling_keepsAllSamples() throws IOException {
    AudioOptions options =
        AudioOptions.builder(32_000, CHANNELS).codec("pcm_f32le").outputSampleRate(48_000).build();

    DecodedAudio decoded =
        encode(
                "wav",
                options,
                stream -> {
                  add(stream, SampleLayout.FLOAT_PLANAR);
                  add(stream, SampleLayout.S16_INTERLEAVED);
                  add(stream, SampleLayout.U8_PLANAR);
                })
            .decoded();

    assertThat((double) decoded.length()).isBetween(3 * COUNT * 1.5 - 8, 3 * COUNT * 1.5 + 8);
  }

  private static void add(AudioStream stream, SampleLayout layout) throws IOException {
    stream.addSamples(
        AudioSamples.of(layout, CHANNELS, buffer(layout, ByteOrder.LITTLE_ENDIAN, false)));
  }

  @Test
  void addSamples_wrongChannelCount_refusedAndEncoderContinues() throws IOException {
    byte[] file =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> {
                  assertThatThrownBy(() -> stream.addSamples(new float[2][10]))
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining("2 channels")
                      .hasMessageContaining("requires 3");
                  stream.addSamples(floats());
                })
            .file();

    assertThat(file).isEqualTo(encode("wav", FLOAT_WAV, floats()).file());
  }
}
