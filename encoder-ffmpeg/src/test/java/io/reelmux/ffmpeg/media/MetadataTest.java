package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ContainerMode;
import io.reelmux.Disposition;
import io.reelmux.Encoder;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of metadata into each usual container: ffprobe reads it, or a note names it. */
@RequiresFfmpegCli
class MetadataTest {
  private static final String AUDIO = "audio 0: ";

  private static final Map<String, String> TAGS = new LinkedHashMap<>();

  static {
    TAGS.put("title", "A title, \u00e4\u6f22\ud83c\udfac");
    TAGS.put("artist", "Artist");
    TAGS.put("album", "Album");
    TAGS.put("album_artist", "Album artist");
    TAGS.put("composer", "Composer");
    TAGS.put("date", "2020-05-06");
    TAGS.put("comment", "A comment");
    TAGS.put("genre", "Ambient");
    TAGS.put("copyright", "Copyright");
    TAGS.put("track", "3/12");
    TAGS.put("disc", "1/2");
    TAGS.put("lyrics", "La la");
    TAGS.put("description", "Description");
    TAGS.put("synopsis", "Synopsis");
    TAGS.put("keywords", "one,two");
    TAGS.put("location", "+48.2081+016.3713/");
    TAGS.put("publisher", "Publisher");
    TAGS.put("performer", "Performer");
    TAGS.put("encoded_by", "Encoded by");
    TAGS.put("encoder", "Mine");
    TAGS.put("service_provider", "Provider");
    TAGS.put("compilation", "yes");
    TAGS.put("hd_video", "1");
    TAGS.put("my.Key", "My value");
    TAGS.put("two words", "Two values");
    TAGS.put("Title-2", "Other");
  }

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mp4", "mov", "m4a", "3gp", "f4v", "mkv", "mka", "webm", "ts", "mpg", "avi", "flv", "nut",
        "mp3", "flac", "ogg", "opus", "wav", "aiff", "caf", "tta", "wv", "w64", "adts", "gif",
        "apng", "h264", "ivf", "y4m"
      })
  void everything_eachContainer_isReadOrNoted(String container) throws Exception {
    Encoder.Builder builder = Encoder.builder().creationTime(Instant.parse("2020-02-03T04:05:06Z"));
    TAGS.forEach(builder::metadata);

    Described file =
        Described.file(
            directory.resolve("x." + container),
            builder,
            video -> video.language("jpn").title("Video title").metadata("own", "Video"),
            audio -> withAll(audio));

    Map<String, String> read = file.read();
    for (Map.Entry<String, String> tag : TAGS.entrySet()) {
      assertTag(container, file, read, tag.getKey(), tag.getValue());
    }
    if (!file.notes("creationTime")) {
      assertThat(read.get(tagOf(read, "creation_time"))).startsWith("2020-02-03T04:05:06");
    }
    if (!container.matches("gif|apng|h264|ivf|y4m")) {
      assertStream(container, file, read);
    }
  }

  private static AudioOptions.Builder withAll(AudioOptions.Builder audio) {
    for (Disposition disposition : Disposition.values()) {
      audio.disposition(disposition);
    }
    return audio.language("deu").title("Audio title").metadata("own", "Audio");
  }

  private static void assertTag(
      String container, Described file, Map<String, String> read, String key, String value) {
    if (file.notes("metadata " + key + " is not stored")) {
      return;
    }
    String stored =
        file.result().notes().stream()
            .filter(note -> note.startsWith("metadata " + key + " is stored as "))
            .map(note -> note.substring(note.lastIndexOf(' ') + 1))
            .findFirst()
            .orElse(container.equals("ts") && key.equals("title") ? "service_name" : key);
    assertThat(read.get(tagOf(read, stored)))
        .as("%s in %s: %s", key, container, read)
        .isEqualTo(value);
  }

  /** Returns the name of a tag of the container; in Ogg, it is one of a stream. */
  private static String tagOf(Map<String, String> read, String key) {
    String name = key.replaceAll("[^A-Za-z0-9_]", "_");
    return read.keySet().stream()
        .filter(other -> other.matches("(?i)(format|programs.program.0)\\.tags\\." + name))
        .findFirst()
        .orElseGet(
            () ->
                read.keySet().stream()
                    .filter(other -> other.matches("(?i)streams\\.stream\\.0\\.tags\\." + name))
                    .findFirst()
                    .orElse("none"));
  }

  private static void assertStream(String container, Described file, Map<String, String> read)
      throws IOException {
    String stream = "streams.stream." + (Described.isAudio(container) ? 0 : 1) + ".";
    Map<String, String> tags = audioTags(file);
    if (!file.notes(AUDIO + "language")) {
      assertThat(read).as(container).containsEntry(stream + "tags.language", "deu");
    }
    if (!file.notes(AUDIO + "title")) {
      assertThat(tags.values()).as("%s: %s", container, tags).contains("Audio title");
    }
    if (!file.notes(AUDIO + "metadata own")) {
      assertThat(tags.values()).as("%s: %s", container, tags).contains("Audio");
    }
    for (Disposition disposition : Disposition.values()) {
      boolean noted = file.notes(AUDIO + "disposition " + disposition);
      String name = stream + "disposition." + disposition.name().toLowerCase(java.util.Locale.ROOT);
      boolean assumed = disposition == Disposition.DEFAULT;
      assertThat(noted || assumed || "1".equals(read.get(name)))
          .as("%s in %s", name, container)
          .isTrue();
    }
  }

  /** Newer than the ffprobe command, which does not know the name box of a track in MP4. */
  private static Map<String, String> audioTags(Described file) throws IOException {
    Media media = MediaReader.demux(file.file());
    return media.audio(0).metadata();
  }

  /** Every reader plays the first audio stream unless the file says otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"ts", "avi"})
  void defaultStream_thatIsNotStored_isNotedUnlessItIsTheFirst(String container) throws Exception {
    AudioOptions options =
        AudioOptions.builder(48_000, 1).codec("mp2").disposition(Disposition.DEFAULT).build();
    try (Encoder encoder = Encoder.builder().build()) {
      List<AudioStream> streams = List.of(encoder.addAudio(options), encoder.addAudio(options));
      encoder.openFile(directory.resolve("default." + container));
      for (AudioStream stream : streams) {
        stream.addSamples(new float[1][4800]);
      }

      assertThat(encoder.finish().notes())
          .filteredOn(note -> note.contains("disposition"))
          .singleElement()
          .asString()
          .startsWith("audio 1: disposition DEFAULT is not stored");
    }
  }

  @Test
  void mp4AndMov_titlesAndRoles_areStored() throws Exception {
    for (String container : new String[] {"mp4", "mov"}) {
      Described file =
          Described.file(
              directory.resolve("x." + container),
              Encoder.builder(),
              video -> video,
              audio -> audio.title("Commentary").disposition(Disposition.COMMENT));

      assertThat(audioTags(file)).containsEntry("name", "Commentary");
      assertThat(file.read()).containsEntry("streams.stream.1.tags.handler_name", "Commentary");
      assertThat(file.notes(AUDIO + "disposition COMMENT")).isEqualTo(container.equals("mov"));
      assertThat(file.read().get("streams.stream.1.disposition.comment"))
          .isEqualTo(container.equals("mp4") ? "1" : "0");
    }
  }

  /** The name of a handler in MOV has a signed byte for its length. */
  @ParameterizedTest
  @CsvSource({"mp4, 127, true", "mp4, 128, false", "mov, 127, true", "mov, 128, false"})
  void longTitleOfAStream_isStoredWhole(String container, int length, boolean asHandler)
      throws Exception {
    String title = "t".repeat(length);

    Described file =
        Described.file(
            directory.resolve("x." + container),
            Encoder.builder(),
            video -> video,
            audio -> audio.title(title));

    assertThat(audioTags(file)).containsEntry("name", title);
    assertThat(file.read().containsValue(title)).isEqualTo(asHandler);
  }

  @Test
  void titleOfAStream_inM4a_isNotedAsNameOfTheHandler() throws Exception {
    Described file =
        Described.file(
            directory.resolve("x.m4a"),
            Encoder.builder(),
            video -> video,
            audio -> audio.title("Commentary"));

    assertThat(file.result().notes())
        .containsExactly(
            "audio 0: title 'Commentary' is stored as the name of the handler: m4a has none for"
                + " streams");
    assertThat(file.read()).containsEntry("streams.stream.0.tags.handler_name", "Commentary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "m4a", "mov"})
  void standardTags_alone_areStoredWherePlayersLook(String container) throws Exception {
    Described file =
        Described.file(
            directory.resolve("x." + container),
            Encoder.builder().metadata("title", "T").metadata("artist", "A"));

    byte[] bytes = java.nio.file.Files.readAllBytes(file.file());
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text).contains("\u00a9nam", "\u00a9ART").doesNotContain("mdta");
    assertThat(file.result().notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"mp4, title, 65520", "mov, title, 65520", "flv, my.key, 1023"})
  void longestValue_isStoredExactly(String container, String key, int length) throws Exception {
    String text = "0123456789abcde ".repeat(4_095).substring(0, length);

    Described file =
        Described.file(directory.resolve("x." + container), Encoder.builder().metadata(key, text));

    assertThat(MediaReader.demux(file.file()).metadata()).containsEntry(key, text);
  }

  @ParameterizedTest
  @CsvSource({"mov, title, 65535", "flv, title, 1023", "ts, service_provider, 255"})
  void longerValue_thatWouldBreakTheFile_isRefused(String container, String key, int max) {
    Encoder.Builder builder = Encoder.builder().metadata(key, "\u6f22".repeat(max / 3 + 1));

    assertThatThrownBy(() -> Described.file(directory.resolve("x." + container), builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "metadata "
                + key
                + " has "
                + (max + 3)
                + " bytes of UTF-8: container '"
                + container.replace("ts", "mpegts")
                + "' stores at most "
                + max);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"flac, a=b", "ogg, a=b", "opus, \u00fcber"})
  void keyThatReadersWouldSplit_isRefused(String container, String key) {
    Encoder.Builder builder = Encoder.builder().metadata(key, "value");

    assertThatThrownBy(() -> Described.file(directory.resolve("x." + container), builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metadata " + key + ": names in container '" + container + "'");
  }

  @Test
  void ownTagAndCover_inMp4_theCoverStaysAndANoteNamesTheTag() throws Exception {
    Described file =
        Described.file(
            directory.resolve("x.m4a"),
            Encoder.builder().metadata("mine", "1").cover(CoverTest.png(8, 6)));

    assertThat(file.result().notes())
        .contains("metadata mine is not stored: m4a stores own tags or a cover, not both");
    assertThat(file.read()).containsEntry("streams.stream.1.disposition.attached_pic", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, 1970-01-01T00:00:01Z",
    "mp4, 2040-02-06T06:28:15Z",
    "mov, 2039-06-07T08:09:10Z",
    "mkv, 2040-02-06T06:28:15Z",
    "webm, 2020-02-03T04:05:06.123456Z",
    "mp3, 1999-12-31T23:59:59Z"
  })
  void creationTime_isReadBack(String container, String time) throws Exception {
    Described file =
        Described.file(
            directory.resolve("x." + container),
            Encoder.builder().creationTime(Instant.parse(time)));

    String read = file.read().get("format.tags.creation_time");
    assertThat(Instant.parse(read)).isEqualTo(time);
    assertThat(file.result().notes()).isEmpty();
  }

  @Test
  void creationTime_notSet_noDateIsWritten() throws Exception {
    Described file = Described.file(directory.resolve("x.mp4"), Encoder.builder());

    assertThat(file.read().keySet()).noneMatch(key -> key.contains("creation_time"));
  }

  @ParameterizedTest
  @CsvSource({"deu, ger", "zho, chi", "cmn, ''", "jpn, jpn"})
  void language_inMov_isStoredAsQuickTimeKnowsIt(String code, String stored) throws Exception {
    Described file =
        Described.file(
            directory.resolve("x.mov"), Encoder.builder(), v -> v, audio -> audio.language(code));

    assertThat(file.read().getOrDefault("streams.stream.1.tags.language", "")).isEqualTo(stored);
    assertThat(file.notes(AUDIO + "language " + code)).isEqualTo(!code.equals(stored));
  }

  @Test
  void movflags_ofTheUser_areKept() throws Exception {
    Described file =
        Described.file(
            directory.resolve("x.mp4"),
            Encoder.builder()
                .container(ContainerMode.PLAIN)
                .muxerOption("movflags", "write_colr")
                .metadata("mine", "1"));

    assertThat(file.read()).containsEntry("format.tags.mine", "1");
  }
}
