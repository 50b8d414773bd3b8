package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What depends on the container of the audio. */
class AudioContainersTest {
  private static final int RATE = 48_000;

  /** MP3 begins before 0; AVI cannot say so, and must not move the video instead. */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 25})
  void avi_mp3_everyFrameAtItsTime(int frameRate) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(64, 48, frameRate));
      AudioStream audio =
          encoder.addAudio(AudioOptions.builder(RATE, 1).codec("libmp3lame").build());
      encoder.openFileLike(out, "avi");
      for (int i = 0; i < 16; i++) {
        byte[] pixels = new byte[64 * 48 * 3];
        Arrays.fill(pixels, (byte) (i * 10));
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 48, pixels));
        audio.addSamples(new float[1][RATE / frameRate]);
      }
      encoder.finish();
    }

    ReadStream video = MediaReader.read(out.toByteArray()).video(0);

    assertThat(video.packets()).hasSize(16);
    for (int i = 0; i < 16; i++) {
      assertThat(video.timeBase().toDuration(video.packets().get(i).dts()))
          .isEqualTo(Duration.ofMillis(1_000L * i / frameRate));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wav, pcm_s24le",
    "flac, flac",
    "m4a, alac",
    "mov, pcm_s24be",
    "aiff, pcm_s24be",
    "mka, pcm_s24le",
    "tta, tta",
    "wv, wavpack"
  })
  void packed24Bits_everyBitSurvives(String format, String codec) throws IOException {
    byte[] bytes = new byte[3 * 2 * 5_000];
    new Random(5).nextBytes(bytes);
    AudioOptions options = AudioOptions.builder(RATE, 2).codec(codec).build();

    TestAudio.Encoded encoded =
        encode(
            format,
            options,
            stream -> stream.addSamples(AudioSamples.of(SampleLayout.S24_INTERLEAVED, 2, bytes)));

    double[] right = encoded.decoded().channels().get(1);
    assertThat(right).hasSize(5_000);
    for (int i = 0; i < right.length; i++) {
      int at = 6 * i + 3;
      int value = (bytes[at + 2] << 16) | ((bytes[at + 1] & 0xFF) << 8) | (bytes[at] & 0xFF);
      assertThat(right[i]).as("sample %d", i).isEqualTo(value / 8_388_608.0);
    }
    assertThat(encoded.result().notes()).isEmpty();
  }

  @Test
  void integersThatUseMoreBits_thanTheCodecHas_areNoted() throws IOException {
    byte[] bytes = new byte[3 * 10];
    bytes[3 * 5] = 1;

    assertThat(notes("wav", AudioSamples.of(SampleLayout.S24_INTERLEAVED, 1, bytes)))
        .containsExactly("audio 0: 24 bits of each sample were reduced to the 16 of pcm_s16le");
    int[] samples = {0, 1 << 7, 0};
    assertThat(notes("flac", AudioSamples.ofInterleaved(1, samples)))
        .containsExactly("audio 0: 32 bits of each sample were reduced to the 24 of flac");
  }

  @Test
  void integersThatUseAsManyBits_asTheCodecHas_areNotNoted() throws IOException {
    byte[] bytes = new byte[3 * 10];
    bytes[3 * 5 + 1] = 1;
    int[] samples = {0, 1 << 8, Integer.MIN_VALUE};

    assertThat(notes("wav", AudioSamples.of(SampleLayout.S24_INTERLEAVED, 1, bytes))).isEmpty();
    assertThat(notes("flac", AudioSamples.ofInterleaved(1, samples))).isEmpty();
  }

  private List<String> notes(String container, AudioSamples samples) throws IOException {
    return encode(container, AudioOptions.of(RATE, 1), stream -> stream.addSamples(samples))
        .result()
        .notes();
  }

  /** The muxer overwrites this chunk by that of RF64 if the file exceeds 4 GiB. */
  @Test
  void wav_hasRoomForTheHeaderOfRf64() throws IOException {
    byte[] file = encode("wav", AudioOptions.of(RATE, 1), new float[1][10]).file();

    assertThat(new String(file, 12, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("JUNK");
    assertThat(file[16]).isEqualTo((byte) 28);
  }
}
