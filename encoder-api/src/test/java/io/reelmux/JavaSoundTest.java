package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaSoundTest {

  /** The value 0x5A of the highest byte, whatever the format, and all bytes below different. */
  @ParameterizedTest
  @CsvSource({
    "PCM_SIGNED, 8, false, 5A",
    "PCM_UNSIGNED, 8, false, DA",
    "PCM_SIGNED, 16, false, 015A",
    "PCM_SIGNED, 16, true, 5A01",
    "PCM_UNSIGNED, 16, false, 01DA",
    "PCM_UNSIGNED, 16, true, DA01",
    "PCM_SIGNED, 24, false, 02015A",
    "PCM_SIGNED, 24, true, 5A0102",
    "PCM_UNSIGNED, 24, true, DA0102",
    "PCM_SIGNED, 32, false, 0302015A",
    "PCM_UNSIGNED, 32, true, DA010203"
  })
  void of_integerFormat_keepsEveryBit(String encoding, int bits, boolean bigEndian, String hex) {
    AudioFormat format =
        new AudioFormat(
            new Encoding(encoding), 8_000, bits, 1, Math.max(1, bits / 8), 8_000, bigEndian);

    AudioSamples samples = AudioSamples.of(format, java.util.HexFormat.of().parseHex(hex));

    int expected = 0x5A010203;
    ByteBuffer target = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    samples.copyInterleaved(0, 1, target);
    int value =
        switch (samples.layout().type()) {
          case U8 -> (target.get(0) ^ 0x80) << 24;
          case S16 -> target.getShort(0) << 16;
          default -> target.getInt(0);
        };
    assertThat(value).isEqualTo(bits == 32 ? expected : expected >> (32 - bits) << (32 - bits));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ULAW", "ALAW"})
  void of_g711_isWhatJavaSoundDecodes(String law) throws IOException {
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    AudioFormat format = new AudioFormat(new Encoding(law), 8_000, 8, 1, 1, 8_000, false);
    AudioFormat linear = new AudioFormat(8_000, 16, 1, true, false);
    AudioInputStream decoded =
        AudioSystem.getAudioInputStream(
            linear, new AudioInputStream(new ByteArrayInputStream(codes), format, 256));
    ByteBuffer expected = ByteBuffer.wrap(decoded.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);

    ByteBuffer target = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
    AudioSamples.of(format, codes).copyInterleaved(0, 256, target);

    for (int i = 0; i < 256; i++) {
      assertThat(target.getShort(2 * i)).as("code %d", i).isEqualTo(expected.getShort(2 * i));
    }
  }

  @Test
  void of_floatFormat_isRead() {
    AudioFormat format = new AudioFormat(Encoding.PCM_FLOAT, 8_000, 32, 1, 4, 8_000, true);

    AudioSamples samples = AudioSamples.of(format, ByteBuffer.allocate(4).putFloat(0.25f).array());

    ByteBuffer target = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    samples.copyInterleaved(0, 1, target);
    assertThat(target.getFloat(0)).isEqualTo(0.25f);
  }

  @Test
  void of_formatsWithoutLayout_throws() {
    AudioFormat twelve = new AudioFormat(Encoding.PCM_SIGNED, 8_000, 12, 1, 2, 8_000, false);
    AudioFormat padded = new AudioFormat(Encoding.PCM_SIGNED, 8_000, 24, 1, 4, 8_000, false);
    AudioFormat mp3 = new AudioFormat(new Encoding("MPEG1L3"), 8_000, 16, 1, 2, 8_000, false);

    for (AudioFormat format : new AudioFormat[] {twelve, padded, mp3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AudioSamples.of(format, new byte[0]))
          .withMessageContaining("is not supported")
          .withMessageEndingWith("AudioSystem.getAudioInputStream converts formats");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioOptions.of(new AudioFormat(22_050.5f, 16, 1, true, false)))
        .withMessageStartingWith("sample rate 22050.5");
    AudioOptions options = AudioOptions.of(new AudioFormat(22_050, 16, 2, true, false));
    assertThat(options.sampleRate()).isEqualTo(22_050);
    assertThat(options.channels()).isEqualTo(2);
  }

  @Test
  void of_bytes_areLittleEndian() {
    AudioSamples samples = AudioSamples.of(SampleLayout.S16_INTERLEAVED, 1, new byte[] {1, 2});

    ByteBuffer target = ByteBuffer.allocate(2).order(ByteOrder.nativeOrder());
    samples.copyInterleaved(0, 1, target);
    assertThat(target.getShort(0)).isEqualTo((short) 0x0201);
  }
}
