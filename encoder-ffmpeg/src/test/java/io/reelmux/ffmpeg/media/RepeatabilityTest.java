package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
    Combination combination = combination(container, video, audio);
    byte[] first = combination.encode(Encoder.builder());

    assertThat(combination.encode(Encoder.builder())).isEqualTo(first);
  }

  @RequiresGpl
  @Test
  void encode_inOtherMemory_isTheSameFile() throws IOException {
    List<Combination> combinations =
        List.of(combination("mp4", "libx264", "aac"), combination("mkv", "libx265", "libopus"));

    assertThat(Combination.hashesInFreshJvm(combinations, 85))
        .containsExactly(combinations.get(0).hash(), combinations.get(1).hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "webm"})
  void reproducible_off_hasRandomIdentifiers(String container) throws IOException {
    Encoder.Builder builder = Encoder.builder().reproducible(false);
    Combination combination = combination(container, "libvpx", "libopus");

    assertThat(combination.encode(builder)).isNotEqualTo(combination.encode(builder));
  }

  @Test
  void mxf_ofTwoStreams_isNotedUnlessBytesNeedNotRepeat() throws IOException {
    Combination combination = combination("mxf", "mpeg2video", "pcm_s16le");

    assertThat(notes(combination, Encoder.builder()))
        .contains(
            "the mxf may differ each time: FFmpeg writes bytes into its index that it has not set");
    assertThat(notes(combination, Encoder.builder().reproducible(false))).isEmpty();
  }

  @Test
  void mxf_ofOneStream_isTheSameFile() throws IOException {
    VideoOptions options = Fixtures.options(25).codec("mpeg2video").build();
    ByteArrayOutput first = new ByteArrayOutput();

    assertThat(Fixtures.encodeMoving(options, first, "mxf", 6).notes()).isEmpty();
    assertThat(Fixtures.encodeMoving(options, "mxf", 6)).isEqualTo(first.toByteArray());
  }

  private static List<String> notes(Combination combination, Encoder.Builder builder)
      throws IOException {
    return combination.encode(builder, new ByteArrayOutput()).notes();
  }

  private static Combination combination(String container, String video, String audio) {
    return new Combination(
        container, Optional.ofNullable(video), audio, WIDTH, HEIGHT, Optional.empty());
  }
}
