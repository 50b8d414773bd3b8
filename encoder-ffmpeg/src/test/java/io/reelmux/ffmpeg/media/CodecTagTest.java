package io.reelmux.ffmpeg.media;

import static io.reelmux.ffmpeg.media.Fixtures.HEIGHT;
import static io.reelmux.ffmpeg.media.Fixtures.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codecs with one name and several tags, where decoders rely on the tag. */
class CodecTagTest {

  @ParameterizedTest
  @CsvSource({
    "prores_ks, yuv422p10le,  mov, apch",
    "prores_ks, yuva444p10le, mov, ap4h",
    "prores_ks, yuva444p10le, mkv, ap4h",
    "utvideo,   yuv420p,      avi, ULH0",
    "utvideo,   yuv422p,      mkv, ULH2",
    "utvideo,   gbrp,         mov, ULRG",
    "magicyuv,  yuv420p,      mkv, M8Y0",
    "rawvideo,  yuv420p,      nut, I420",
    "rawvideo,  yuv420p,      avi, I420",
    "rawvideo,  yuv420p,      mkv, I420",
    "mpeg4,     yuv420p,      mp4, mp4v",
    "mpeg4,     yuv420p,      avi, FMP4",
  })
  void openFileLike_pixelFormat_setsTag(String codec, String format, String container, String tag)
      throws IOException {
    byte[] file =
        Fixtures.encodeMoving(
            Fixtures.options(25).codec(codec).pixelFormat(format).build(), container, 8);

    ReadStream stream = MediaReader.read(file).video(0);
    assertThat(stream.tag()).isEqualTo(tag);
    assertThat(stream.frames()).hasSize(8);
    assertThat(stream.frames().get(3).psnr(Fixtures.moving(WIDTH, HEIGHT, 3))).isGreaterThan(35);
  }

  @RequiresGpl
  @ParameterizedTest
  @CsvSource({"libx264, avc1", "libx265, hvc1"})
  void openFileLike_mp4_isTheTagThatPlayersWant(String codec, String tag) throws IOException {
    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).codec(codec).build(), "mp4", 3);

    assertThat(MediaReader.read(file).video(0).tag()).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({"gif", "apng", "qtrle", "tiff"})
  void openFileLike_codecWithoutAviTag_isRefused(String codec) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.options(25).codec(codec).build());

      assertThatThrownBy(() -> encoder.openFileLike(output, "avi"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'avi' does not support video 0 (" + codec + ")");
    }
    assertThat(output.size()).isZero();
  }
}
