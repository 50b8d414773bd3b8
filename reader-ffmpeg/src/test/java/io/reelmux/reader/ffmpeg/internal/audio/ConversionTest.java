package io.reelmux.reader.ffmpeg.internal.audio;

import static io.reelmux.reader.ffmpeg.internal.audio.AudioFile.FLOATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Channel;
import io.reelmux.ChannelLayout;
import io.reelmux.Encoder;
import io.reelmux.SampleLayout;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.LimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Layouts, channels and sample rates. */
@ExtendWith(LeakCheck.class)
class ConversionTest {
  private static final int RATE = 44_100;
  private static final int COUNT = RATE + 100;

  private static byte[] encode(String format, String codec, ChannelLayout channels, float[][] data)
      throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      AudioOptions.Builder options = AudioOptions.builder(RATE, channels.count()).codec(codec);
      if (!channels.isDiscrete()) {
        options.channelLayout(channels);
      }
      AudioStream audio = encoder.addAudio(options.build());
      encoder.openFileLike(out, format);
      audio.addSamples(AudioSamples.of(data));
      encoder.finish();
    }
    return out.toByteArray();
  }

  /** Channels of a constant value each, a tenth more in each next one. */
  private static float[][] constants(int channels) {
    float[][] samples = new float[channels][2_000];
    for (int channel = 0; channel < channels; channel++) {
      Arrays.fill(samples[channel], (channel + 1) / 16f);
    }
    return samples;
  }

  @ParameterizedTest
  @CsvSource({
    "48000", "16000", "44101", "8000", "96000", "22050",
  })
  void sampleRate_partsOfEverySizeAtEveryPlace_join(int rate) throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.STEREO, Signals.sweep(RATE, COUNT));
    AudioOutput output = FLOATS.sampleRate(rate);
    float[][] whole;
    try (AudioFile audio = AudioFile.open(file, output)) {
      whole = audio.whole(5_000);
      assertThat(audio.decoder().sampleCount()).isEqualTo(whole[0].length);
    }
    long expected = Math.round((double) COUNT * rate / RATE);
    assertThat((long) whole[0].length).isCloseTo(expected, within(1L));
    Random random = new Random(4);
    try (AudioFile audio = AudioFile.open(file, output)) {
      assertThat(audio.decoder().sampleCount()).isEqualTo(whole[0].length);
      for (int i = 0; i < 30; i++) {
        int total = whole[0].length;
        int from = i % 5 == 4 ? total - 1 - random.nextInt(200) : random.nextInt(total);
        int count = 1 + random.nextInt(3_000);
        float[][] part = audio.read(from, count);
        assertThat(part[0]).hasSize(Math.min(count, total - from));
        assertThat(AudioFile.difference(part, whole, from)).isZero();
      }
      for (int at = 0; at < whole[0].length; at += 777) {
        assertThat(AudioFile.difference(audio.read(at, 777), whole, at)).isZero();
      }
      assertThat(audio.read(whole[0].length, 5)[0]).isEmpty();
      assertThat(audio.read(Long.MAX_VALUE - 10, 5)[0]).isEmpty();
    }
  }

  @Test
  void sampleRate_ofASine_isTheSine() throws IOException {
    float[][] sine = new float[1][COUNT];
    for (int i = 0; i < COUNT; i++) {
      sine[0][i] = (float) (0.5 * Math.sin(2 * Math.PI * 1_000 * i / RATE));
    }
    byte[] file = encode("mkv", "flac", ChannelLayout.MONO, sine);
    try (AudioFile audio = AudioFile.open(file, FLOATS.sampleRate(48_000))) {
      float[][] part = audio.read(20_000, 5_000);
      for (int i = 0; i < 5_000; i++) {
        double expected = 0.5 * Math.sin(2 * Math.PI * 1_000 * (20_000 + i) / 48_000);
        assertThat((double) part[0][i]).isCloseTo(expected, within(1e-3));
      }
    }
  }

  @Test
  void sampleRate_filterBeyondTheLimit_isRefused() throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.MONO, constants(1));
    assertThatThrownBy(() -> AudioFile.open(file, FLOATS.sampleRate(1)))
        .isInstanceOf(LimitException.class)
        .hasMessageContaining("choose a higher rate");
  }

  @ParameterizedTest
  @EnumSource(SampleLayout.class)
  void layout_each_hasTheValues(SampleLayout layout) throws IOException {
    float[][] data = Signals.sweep(RATE, 6_000);
    byte[] file = encode("wav", "pcm_s24le", ChannelLayout.STEREO, data);
    int bytes = layout.type().bytes();
    try (AudioFile audio = AudioFile.open(file, AudioOutput.of(layout))) {
      ByteBuffer target =
          ByteBuffer.allocate(7 + 1_000 * 2 * bytes).order(ByteOrder.LITTLE_ENDIAN).position(7);

      assertThat(audio.decoder().read(4_000, 1_000, target)).isEqualTo(1_000);

      for (int channel = 0; channel < 2; channel++) {
        for (int i = 0; i < 1_000; i++) {
          int index = layout.isPlanar() ? channel * 1_000 + i : i * 2 + channel;
          double step = bytes == 1 ? 1 / 128.0 : 1e-9;
          assertThat(value(target, 7 + index * bytes, layout.type()))
              .isCloseTo(data[channel][4_000 + i], within(step));
        }
      }
    }
  }

  @Test
  void layout_24BitsOfFullScale_doNotWrap() throws IOException {
    float[][] data = new float[1][2_000];
    Arrays.fill(data[0], 0, 1_000, 1f);
    Arrays.fill(data[0], 1_000, 2_000, -1f);
    byte[] file = encode("wav", "pcm_f32le", ChannelLayout.MONO, data);
    try (AudioFile audio = AudioFile.open(file, AudioOutput.of(SampleLayout.S24_INTERLEAVED))) {
      ByteBuffer target = ByteBuffer.allocate(6_000);
      assertThat(audio.decoder().read(0, 2_000, target)).isEqualTo(2_000);
      assertThat(value(target, 1_500, SampleLayout.Type.S24)).isCloseTo(1, within(1e-6));
      assertThat(value(target, 4_500, SampleLayout.Type.S24)).isEqualTo(-1);
    }
  }

  private static double value(ByteBuffer bytes, int at, SampleLayout.Type type) {
    return switch (type) {
      case U8 -> ((bytes.get(at) & 0xff) - 128) / 128.0;
      case S16 -> bytes.getShort(at) / 32_768.0;
      case S24 ->
          (bytes.get(at + 2) << 16 | (bytes.get(at + 1) & 0xff) << 8 | (bytes.get(at) & 0xff))
              / 8_388_608.0;
      case S32 -> bytes.getInt(at) / 2_147_483_648.0;
      case FLOAT -> bytes.getFloat(at);
      case DOUBLE -> bytes.getDouble(at);
    };
  }

  @Test
  void channels_surroundToStereo_areMixedWithoutClipping() throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.SURROUND_5_1, constants(6));
    try (AudioFile audio = AudioFile.open(file, FLOATS.channels(ChannelLayout.STEREO))) {
      float[][] mixed = audio.read(500, 100);

      double half = Math.sqrt(0.5);
      double sum = 1 + 2 * half;
      // left, right, center, low frequencies, back left, back right
      assertThat(mixed[0][50])
          .isCloseTo((float) ((1 + 3 * half + 5 * half) / 16 / sum), within(1e-4f));
      assertThat(mixed[1][50])
          .isCloseTo((float) ((2 + 3 * half + 6 * half) / 16 / sum), within(1e-4f));
      assertThat(audio.report().notes())
          .singleElement()
          .asString()
          .contains("LFE of 5.1")
          .contains("stereo");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"S16_INTERLEAVED", "FLOAT_INTERLEAVED", "S24_PLANAR"})
  void channels_stereoToMono_isTheMeanInEveryLayout(SampleLayout layout) throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.STEREO, constants(2));
    AudioOutput output = AudioOutput.of(layout).channels(ChannelLayout.MONO);
    try (AudioFile audio = AudioFile.open(file, output)) {
      ByteBuffer target = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(audio.decoder().read(300, 100, target)).isEqualTo(100);
      assertThat(value(target, 50 * layout.type().bytes(), layout.type()))
          .isCloseTo(1.5 / 16, within(1e-4));
    }
  }

  @Test
  void channels_monoToSurround_isInTheCenter() throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.MONO, constants(1));
    AudioOutput output = FLOATS.channels(ChannelLayout.SURROUND_5_1);
    try (AudioFile audio = AudioFile.open(file, output)) {
      float[][] mixed = audio.read(10, 10);
      assertThat(mixed).hasNumberOfRows(6);
      assertThat(mixed[2][5]).isCloseTo(1 / 16f, within(1e-4f));
      assertThat(mixed[3][5]).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT_PLANAR", "S16_INTERLEAVED", "S24_INTERLEAVED"})
  void channels_inAnotherOrder_areReordered(SampleLayout layout) throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.SURROUND_3_0, constants(3));
    ChannelLayout order =
        ChannelLayout.of(Channel.FRONT_CENTER, Channel.FRONT_LEFT, Channel.FRONT_RIGHT);
    try (AudioFile audio = AudioFile.open(file, AudioOutput.of(layout).channels(order))) {
      assertThat(audio.decoder().channels()).isEqualTo(order);
      ByteBuffer target = ByteBuffer.allocate(1_200).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(audio.decoder().read(100, 100, target)).isEqualTo(100);
      double[] expected = {3 / 16.0, 1 / 16.0, 2 / 16.0};
      for (int channel = 0; channel < 3; channel++) {
        int index = layout.isPlanar() ? channel * 100 + 50 : 50 * 3 + channel;
        assertThat(value(target, index * layout.type().bytes(), layout.type()))
            .isCloseTo(expected[channel], within(1e-4));
      }
    }
  }

  @Test
  void channels_discrete_areTheMeanOrRefused() throws IOException {
    byte[] file = encode("wav", "pcm_s16le", ChannelLayout.discrete(5), constants(5));
    try (AudioFile audio = AudioFile.open(file, FLOATS.channels(ChannelLayout.MONO))) {
      assertThat(audio.info().channelLayout().isDiscrete()).isTrue();
      assertThat(audio.read(10, 10)[0][5]).isCloseTo(3 / 16f, within(1e-4f));
    }
    AudioOutput surround = FLOATS.channels(ChannelLayout.SURROUND_5_1);
    assertThatThrownBy(() -> AudioFile.open(file, surround))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 discrete channels");
  }

  @Test
  void everythingAtOnce_joins() throws IOException {
    byte[] file = encode("mkv", "flac", ChannelLayout.STEREO, Signals.sweep(RATE, COUNT));
    AudioOutput output =
        AudioOutput.of(SampleLayout.S24_INTERLEAVED)
            .sampleRate(48_000)
            .channels(ChannelLayout.of(Channel.FRONT_RIGHT, Channel.FRONT_LEFT));
    try (AudioFile audio = AudioFile.open(file, output)) {
      ByteBuffer whole = ByteBuffer.allocate(40_000 * 6);
      assertThat(audio.decoder().read(0, 40_000, whole)).isEqualTo(40_000);
      ByteBuffer part = ByteBuffer.allocate(1_234 * 6);
      for (int from : new int[] {30_001, 5, 17_000}) {
        assertThat(audio.decoder().read(from, 1_234, part)).isEqualTo(1_234);
        assertThat(part).isEqualTo(whole.slice(from * 6, 1_234 * 6));
      }
    }
  }
}
