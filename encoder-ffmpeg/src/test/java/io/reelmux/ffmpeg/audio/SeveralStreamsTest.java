package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.pitch;
import static io.reelmux.ffmpeg.audio.TestAudio.tones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.StreamResult;
import io.reelmux.testing.media.DecodedAudio;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several audio streams in one container. */
class SeveralStreamsTest {

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "ts", "avi"})
  void addAudio_twice_keepsOrder(String format) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      AudioStream first =
          encoder.addAudio(AudioOptions.builder(44_100, 1).language("eng").title("one").build());
      AudioStream second =
          encoder.addAudio(
              AudioOptions.builder(48_000, 2).codec("mp3").language("jpn").title("two").build());
      encoder.openFileLike(out, format);
      // one after the other, not interleaved
      second.addSamples(tones(48_000, 2, 96_000));
      first.addSamples(tones(44_100, 1, 44_100));
      result = encoder.finish();
    }

    Media media = MediaReader.read(out.toByteArray());

    List<DecodedAudio> decoded = media.decodedAudio();
    assertThat(decoded).hasSize(2);
    assertThat(decoded).extracting(DecodedAudio::sampleRate).containsExactly(44_100, 48_000);
    assertThat(decoded.get(0).channels()).hasSize(1);
    assertThat(decoded.get(1).channels()).hasSize(2);
    assertThat(decoded.get(0).seconds()).isCloseTo(1, within(0.08));
    assertThat(decoded.get(1).seconds()).isCloseTo(2, within(0.08));
    assertThat(pitch(decoded.get(0).channels().get(0), 44_100)).isCloseTo(400, within(4.0));
    assertThat(pitch(decoded.get(1).channels().get(1), 48_000)).isCloseTo(600, within(6.0));
    assertThat(result.streams()).extracting(StreamResult::index).containsExactly(0, 1);
    if (!format.equals("avi")) {
      assertThat(media.audio(0).metadata()).containsEntry("language", "eng");
      assertThat(media.audio(1).metadata()).containsEntry("language", "jpn");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void end_oneStream_otherContinues(String format) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      AudioStream brief = encoder.addAudio(AudioOptions.of(48_000, 1));
      AudioStream lengthy = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(out, format);
      brief.addSamples(tones(48_000, 1, 4_800));
      brief.end();
      for (int i = 0; i < 10; i++) {
        lengthy.addSamples(tones(48_000, 1, 48_000));
      }
    }

    List<DecodedAudio> decoded = MediaReader.read(out.toByteArray()).decodedAudio();

    assertThat(decoded.get(0).seconds()).isCloseTo(0.1, within(0.05));
    assertThat(decoded.get(1).seconds()).isCloseTo(10, within(0.05));
  }
}
