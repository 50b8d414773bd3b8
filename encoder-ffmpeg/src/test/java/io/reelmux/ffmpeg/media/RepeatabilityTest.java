package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same frames give the same bytes. */
class RepeatabilityTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 64;

  @ParameterizedTest
  @CsvSource({
    "mp4, , aac",
    "mkv, , libopus",
    "webm, libvpx-vp9, libopus",
    "mov, , aac",
    "ts, , aac",
    "mkv, ffv1, flac",
    "mp4, libsvtav1, aac",
    "ogg, , libopus",
    "asf, mpeg4, libmp3lame",
    "nut, mpeg4, aac",
    "flv, , aac",
    "avi, mpeg4, libmp3lame"
  })
  void encode_twice_isTheSameFile(String container, String video, String audio) throws IOException {
    byte[] first = encode(Encoder.builder(), container, video, audio);

    assertThat(encode(Encoder.builder(), container, video, audio)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "webm"})
  void reproducible_off_hasRandomIdentifiers(String container) throws IOException {
    Encoder.Builder builder = Encoder.builder().reproducible(false);

    assertThat(encode(builder, container, "libvpx", "libopus"))
        .isNotEqualTo(encode(builder, container, "libvpx", "libopus"));
  }

  private static byte[] encode(
      Encoder.Builder builder, String container, String video, String audio) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    VideoOptions.Builder options = VideoOptions.builder(WIDTH, HEIGHT, 25);
    if (video != null) {
      options.codec(video);
    }
    try (Encoder encoder = builder.build()) {
      VideoStream frames = container.equals("ogg") ? null : encoder.addVideo(options.build());
      AudioStream samples = encoder.addAudio(AudioOptions.builder(48_000, 2).codec(audio).build());
      encoder.openFileLike(output, container);
      for (int i = 0; i < 6; i++) {
        if (frames != null) {
          byte[] noise = Fixtures.noise(WIDTH * HEIGHT * 3, i);
          frames.addFrame(VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, noise));
        }
        samples.addSamples(AudioSamples.of(Fixtures.sine(48_000, 2, 1920)));
      }
    }
    return output.toByteArray();
  }
}
