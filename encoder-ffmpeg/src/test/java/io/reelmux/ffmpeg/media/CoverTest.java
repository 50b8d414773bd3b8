package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cover images and attached files. */
@RequiresFfmpegCli
class CoverTest {
  @TempDir Path directory;

  static byte[] png(int width, int height) {
    return image(width, height, "png");
  }

  private static byte[] image(int width, int height, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      image.setRGB(1, 1, 0xFF8040);
      ImageIO.write(image, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, png",
    "mp3, jpg",
    "m4a, png",
    "m4a, jpg",
    "mp4, png",
    "mp4, jpg",
    "flac, png",
    "flac, jpg",
    "ogg, png",
    "opus, jpg",
    "mkv, png",
    "mka, jpg"
  })
  void cover_eachContainer_isTheSameFile(String container, String format) throws Exception {
    byte[] cover = image(40, 30, format);

    Described file =
        Described.file(directory.resolve("x." + container), Encoder.builder().cover(cover));

    Map<String, String> read = file.read();
    String stream =
        read.entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("attached_pic"))
            .filter(entry -> entry.getValue().equals("1"))
            .map(entry -> entry.getKey().substring(0, entry.getKey().indexOf(".disp")))
            .findFirst()
            .orElseThrow();
    assertThat(read.get(stream + ".codec_name")).isEqualTo(format.equals("png") ? "png" : "mjpeg");
    assertThat(read.keySet().stream().filter(key -> key.endsWith("codec_type")))
        .hasSize(Described.isAudio(container) ? 2 : 3);
    Path extracted = directory.resolve("cover." + format);
    FfmpegCli.ffmpeg(
        "-i",
        file.file().toString(),
        "-map",
        "0:" + stream.substring(stream.lastIndexOf('.') + 1),
        "-c",
        "copy",
        "-update",
        "1",
        "-f",
        "image2",
        extracted.toString());
    assertThat(extracted).hasBinaryContent(cover);
    assertThat(file.result().notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mov", "3gp", "webm", "avi", "ts", "wav", "gif"})
  void cover_containerWithoutOne_isRefusedNamingOthers(String container) {
    Encoder.Builder builder = Encoder.builder().cover(png(8, 6));

    assertThatThrownBy(() -> Described.file(directory.resolve("x." + container), builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "does not support a cover; these do: mp4, mkv, m4a, mp3, flac, ogg, opus");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void cover_inFragments_isRefused() {
    Encoder.Builder builder =
        Encoder.builder().cover(png(8, 6)).container(ContainerMode.FRAGMENTED);

    assertThatThrownBy(() -> Described.file(directory.resolve("x.mp4"), builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not support a cover in fragments");
  }

  @Test
  void attachments_inMatroska_areTheSameBytes() throws Exception {
    byte[] font = new byte[10_001];
    for (int i = 0; i < font.length; i++) {
      font[i] = (byte) (i * 31);
    }

    Described file =
        Described.file(
            directory.resolve("x.mkv"),
            Encoder.builder()
                .attachment("font.ttf", "font/ttf", font)
                .attachment("notes \u00e4.txt", "text/plain", new byte[] {1, 2, 3}));

    Map<String, String> read = file.read();
    assertThat(read)
        .containsEntry("streams.stream.2.tags.filename", "font.ttf")
        .containsEntry("streams.stream.2.tags.mimetype", "font/ttf")
        .containsEntry("streams.stream.3.tags.filename", "notes \u00e4.txt");
    Path dumped = directory.resolve("dumped");
    FfmpegCli.ffmpeg(
        "-dump_attachment:t:0", dumped.toString(), "-i", file.file().toString(), "-f", "null", "-");
    assertThat(Files.readAllBytes(dumped)).isEqualTo(font);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webm", "mp4", "mp3"})
  void attachment_elsewhere_isRefused(String container) {
    Encoder.Builder builder = Encoder.builder().attachment("a.txt", "text/plain", new byte[1]);

    assertThatThrownBy(() -> Described.file(directory.resolve("x." + container), builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("does not support attachments; these do: mkv");
  }
}
