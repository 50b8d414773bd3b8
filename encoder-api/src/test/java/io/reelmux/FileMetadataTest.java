package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.spi.CoverImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of metadata at the call that sets it. */
class FileMetadataTest {
  private final Encoder.Builder builder = Encoder.builder();

  @Test
  void metadata_sameNameInAnotherCase_isRefused() {
    builder.metadata("Title", "a").metadata("title", "a");

    refused(() -> builder.metadata("TITLE", "b"), "metadata Title is set twice, to 'a' and to 'b'");
  }

  @Test
  void metadata_namesWithMethodsOfTheirOwn_areRefused() {
    refused(
        () -> builder.metadata("creation_time", "2020"),
        "metadata creation_time: set it with creationTime(Instant)");
    refused(
        () -> AudioOptions.builder(48_000, 1).metadata("Language", "eng"),
        "metadata Language: set it with language(String)");
    refused(
        () -> AudioOptions.builder(48_000, 1).metadata("title", "x"),
        "metadata title: set it with title(String)");
  }

  @Test
  void metadata_emptyValue_isNoTag() {
    AudioOptions options =
        AudioOptions.builder(48_000, 1).metadata("a", "").metadata("b", "1").build();

    assertThat(options.metadata()).containsOnlyKeys("b");
    assertThat(options.toBuilder().clearMetadata().build().metadata()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83c", "\udfac", "a\udfac\ud83c"})
  void text_withHalfACharacter_isRefused(String text) {
    assertThatThrownBy(() -> builder.metadata("title", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has an unpaired surrogate at index ");
  }

  @ParameterizedTest
  @CsvSource({"de, deu", "de-AT, deu", "en_US, eng", "JA, jpn"})
  void language_ofTwoLetters_suggestsThree(String given, String code) {
    refused(
        () -> AudioOptions.builder(48_000, 1).language(given),
        "language '"
            + given
            + "': must be a three-letter ISO 639-2 code such as eng; did you mean "
            + code
            + "?");
  }

  @Test
  void creationTime_outOfRange_isRefused() {
    builder.creationTime(Instant.parse("1970-01-01T00:00:00Z"));

    refused(
        () -> builder.creationTime(Instant.parse("1969-12-31T23:59:59Z")),
        "creationTime 1969-12-31T23:59:59Z: must be from 1970-01-01T00:00:00Z to"
            + " 2040-02-06T06:28:15Z");
  }

  @Test
  void chapter_outOfOrder_isRefused() {
    builder.chapter(Duration.ofSeconds(2), "Two");

    refused(
        () -> builder.chapter(Duration.ofNanos(2_000_400_000L), "Also two"),
        "chapter at PT2.0004S: must be at least 1 ms after the one before, at PT2S");
    refused(
        () -> Encoder.builder().chapter(Duration.ofSeconds(-1), "x"),
        "chapter at PT-1S: must be from PT0S to PT596H31M23.647S");
    refused(() -> Encoder.builder().chapter(Duration.ZERO, " "), "title of the chapter is empty");
  }

  @Test
  void cover_isRecognizedByItsBytes() throws IOException {
    CoverImage png = CoverImage.of(image("png"));
    CoverImage jpeg = CoverImage.of(image("jpg"));

    assertThat(png.format()).isEqualTo(CoverImage.Format.PNG);
    assertThat(jpeg.format()).isEqualTo(CoverImage.Format.JPEG);
    assertThat(jpeg.width()).isEqualTo(31).isEqualTo(png.width());
    assertThat(jpeg.height()).isEqualTo(17).isEqualTo(png.height());
  }

  @Test
  void cover_notAnImage_isRefused() throws IOException {
    byte[] png = image("png");
    byte[] jpeg = image("jpg");
    byte[] empty = png.clone();
    Arrays.fill(empty, 16, 20, (byte) 0);

    refused(() -> builder.cover(new byte[0]), "cover of 0 bytes is neither a PNG nor a JPEG file");
    refused(
        () -> builder.cover(Arrays.copyOf(png, 20)),
        "cover of 20 bytes is neither a PNG nor a JPEG file");
    refused(
        () -> builder.cover("GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
        "cover of 6 bytes is neither a PNG nor a JPEG file");
    refused(
        () -> builder.cover(Arrays.copyOf(jpeg, 30)),
        "cover of 30 bytes is a JPEG file without a frame header");
    refused(() -> builder.cover(empty), "cover is a PNG file of 0x17 pixels");
  }

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  @Test
  void attachment_badArguments_areRefused() {
    builder.attachment("a", "text/plain", new byte[1]);

    refused(
        () -> builder.attachment("a", "text/plain", new byte[1]), "attachment a is added twice");
    refused(
        () -> builder.attachment("b", "text", new byte[1]),
        "mimeType 'text': must be a type and a subtype such as font/ttf");
    refused(
        () -> builder.attachment("b", "text/plain", new byte[0]),
        "attachment b of 0 bytes: must be 1 to 268435456");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
