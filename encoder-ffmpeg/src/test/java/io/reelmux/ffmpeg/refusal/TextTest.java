package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags, options and names with odd characters. */
class TextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\u00dcml\u00e4ut",
        "\u6f22\u5b57 \u0627\u0644",
        "\ud83c\udfac film",
        "a=b:c;d,e|f",
        "'single' \"double\"",
        "back\\slash",
        "%s %n %04d %",
        "two\nlines",
        "tab\there",
        " spaces ",
        "<xml>&amp;",
        "\u0001\u001f",
        "#;\\=",
        "file:///etc/passwd",
        ""
      })
  void metadata_oddText_readBackUnchanged(String text) throws IOException {
    for (String format : new String[] {"mkv", "mp4", "flac", "ogg"}) {
      Media file = tagged(format, text);

      // an empty tag is not written
      String stored = tag(file, format, "title");
      assertThat(stored).as(format).isEqualTo(text);
      if (format.equals("mkv")) {
        assertThat(title(file)).isEqualTo(text);
      }
    }
  }

  private static String tag(Media file, String format, String name) {
    // in Ogg, Vorbis comments belong to the stream
    return format.equals("ogg")
        ? title(file)
        : file.metadata().entrySet().stream()
            .filter(tag -> tag.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
  }

  private static String title(Media file) {
    return file.audio(0).metadata().getOrDefault("title", "");
  }

  private static Media tagged(String format, String text) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.builder().metadata("title", text).build()) {
      AudioStream stream = encoder.addAudio(AudioOptions.builder(48_000, 1).title(text).build());
      encoder.openFileLike(out, format);
      stream.addSamples(new float[1][4_800]);
    }
    return MediaReader.demux(out.toByteArray());
  }

  @Test
  void metadata_sixtyFourKibibytes_readBackUnchanged() throws IOException {
    String text = "0123456789abcdef".repeat(4_096);

    assertThat(tag(tagged("mkv", text), "mkv", "title")).isEqualTo(text);
    assertThat(tag(tagged("mp4", text), "mp4", "title")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b", "\u00fcber", "two words", "'", "KEY", "a:b"})
  void metadata_oddKey_fileIsStillComplete(String key) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.builder().metadata(key, "value").build()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(out, "mkv");
      stream.addSamples(new float[1][4_800]);
    }

    Media file = MediaReader.demux(out.toByteArray());

    assertThat(file.audio(0).packets()).isNotEmpty();
    assertThat(file.metadata()).containsValue("value");
  }

  @Test
  void text_withNul_refusedNamingTheIndex() {
    assertThatThrownBy(() -> Encoder.builder().metadata("title", "a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metadata title")
        .hasMessageContaining("NUL character at index 1");
    assertThatThrownBy(() -> Encoder.builder().metadata("a\0", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> Encoder.builder().muxerOption("movflags", "\0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> video("mpeg4").option("g", "1\0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> video("mpeg4\0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> AudioOptions.builder(48_000, 1).title("\0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
  }

  @Test
  void text_beyondSixtyFourKibibytes_refusedNamingTheLength() {
    String text = "x".repeat(65_537);

    assertThatThrownBy(() -> Encoder.builder().metadata("title", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65537")
        .hasMessageContaining("65536");
    assertThatThrownBy(() -> video("mpeg4").option("g", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65537");
  }

  @ParameterizedTest
  @CsvSource({"g", "flags", "b", "qmin"})
  void option_sixtyFourKibibytes_refusedAndJvmSurvives(String name) throws IOException {
    for (String part : new String[] {"x", "1", "(", "+", "1+", "\u6f22"}) {
      String value = part.repeat(65_536 / part.length());
      VideoOptions options = video("mpeg4").option(name, value).build();
      try (Encoder encoder = Encoder.create()) {
        encoder.addVideo(options);
        encoder.openFileLike(new ByteArrayOutput(), "mkv");
        encoder.cancel();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("option '" + name + "'");
      }
    }
  }

  @Test
  void option_nameOfSixtyFourKibibytes_refused() throws IOException {
    assertThat(video("mkv", video("mpeg4").option("g".repeat(65_536), "1").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown option");
  }

  @Test
  void codec_nameOfSixtyFourKibibytes_refused() throws IOException {
    assertThat(video("mkv", video("v".repeat(65_536)).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown codec");
  }
}
