package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets copied into another container: each kind of file is equal, noted or refused. */
@RequiresFfmpegCli
class CopiedPacketsTest {
  private static final int FRAMES = 60;
  private static final int GOP = 12;
  private static final int BYTES = 96 * 64 * 3 / 2;

  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    String source = "-f lavfi -i testsrc2=s=96x64:r=25 -frames:v " + FRAMES + " -g " + GOP;
    String b3 = " -bf 3 -x264-params scenecut=0:b-adapt=0";
    ffmpeg(source + " -c:v libx264" + b3 + " " + file("h264.mp4"));
    ffmpeg(source + " -c:v libx264" + b3 + ":open-gop=1 " + file("open.ts"));
    ffmpeg(source + " -c:v mpeg4 -bf 2 " + file("mpeg4.mp4"));
    ffmpeg(source + " -c:v libvpx-vp9 -deadline realtime -cpu-used 8 " + file("vp9.mkv"));
    copy("h264.mp4", "h264.mkv", "h264.ts", "h264.avi", "h264.h264");
    copy("mpeg4.mp4", "mpeg4.avi");
    ffmpeg("-i " + file("h264.mp4") + " -c copy -output_ts_offset 95442 " + file("wrapped.ts"));
    ffmpeg("-ss 0.7 -i " + file("h264.mp4") + " -c copy " + file("trimmed.mp4"));
    byte[] once = Files.readAllBytes(file("h264.ts"));
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    Files.write(file("joined.ts"), twice);
    byte[] open = Files.readAllBytes(file("open.ts"));
    Files.write(
        file("opencut.ts"), Arrays.copyOfRange(open, open.length / 188 / 3 * 188, open.length));
  }

  private static void ffmpeg(String arguments) throws Exception {
    FfmpegCli.ffmpeg(("-loglevel quiet " + arguments).split(" "));
  }

  private static void copy(String from, String... to) throws Exception {
    for (String name : to) {
      ffmpeg("-i " + file(from) + " -c copy " + file(name));
    }
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static List<byte[]> frames(Path file) throws Exception {
    return RawFrames.decode(file, "yuv420p", BYTES, "-loglevel", "quiet");
  }

  private static TranscodeResult copiedVideo(String from, Path target) throws Exception {
    return Transcoder.of(file(from)).copyVideo().toFile(target);
  }

  @ParameterizedTest
  @CsvSource({
    "h264.mp4,mkv",
    "h264.mp4,ts",
    "h264.mp4,mov",
    "h264.mkv,mp4",
    "h264.mkv,ts",
    "h264.ts,mp4",
    "h264.ts,mkv",
    "mpeg4.mp4,mkv",
    "vp9.mkv,mp4",
    "vp9.mkv,webm",
    "wrapped.ts,mp4",
    "wrapped.ts,mkv",
    "trimmed.mp4,mp4",
    "trimmed.mp4,mov",
  })
  void copy_ofWhatTheContainerHolds_hasEveryFrame(String from, String container) throws Exception {
    Path target = file("copied." + container);

    TranscodeResult result = copiedVideo(from, target);

    assertThat(result.notes()).isEmpty();
    List<byte[]> expected = frames(file(from));
    assertThat(frames(target)).hasSameSizeAs(expected).containsExactlyElementsOf(expected);
  }

  /** An edit list hides frames: containers without one start at the next key frame. */
  @ParameterizedTest
  @CsvSource({"trimmed.mp4,mkv", "trimmed.mp4,ts"})
  void copy_ofWhatAnEditListHides_startsAtTheNextKeyFrameAndSaysSo(String from, String container)
      throws Exception {
    Path target = file("cut." + container);

    TranscodeResult result = copiedVideo(from, target);

    assertThat(result.notes()).singleElement().asString().contains("before the first key frame");
    List<byte[]> all = frames(file(from));
    List<byte[]> shown = frames(target);
    assertThat(shown.size()).isLessThan(all.size()).isGreaterThan(all.size() - GOP);
    assertThat(shown).containsExactlyElementsOf(all.subList(all.size() - shown.size(), all.size()));
  }

  /** Recovery points instead of IDR frames: the parameter sets must be at each. */
  @ParameterizedTest
  @CsvSource({"ts", "mkv", "mp4"})
  void copy_ofACutRecordingWithOpenGroups_startsAtItsFirstKeyFrame(String container)
      throws Exception {
    Path target = file("opened." + container);

    TranscodeResult result = copiedVideo("opencut.ts", target);

    assertThat(result.notes()).singleElement().asString().contains("before the first key frame");
    List<byte[]> all = frames(file("open.ts"));
    List<byte[]> shown = frames(target);
    assertThat(shown.size()).isGreaterThan(FRAMES / 3);
    int same = FRAMES - GOP;
    assertThat(shown.subList(shown.size() - GOP, shown.size()))
        .containsExactlyElementsOf(all.subList(same, FRAMES));
  }

  @ParameterizedTest
  @CsvSource({
    "h264.avi,mp4,stores none",
    "mpeg4.avi,mkv,stores none",
    "h264.h264,mp4,stores none",
    "h264.h264,ts,stores none",
    "joined.ts,mp4,where times start again",
    "joined.ts,mkv,where times start again",
  })
  void copy_withoutTimesOrWithTimesThatStartAgain_isRefusedWithTheWayOut(
      String from, String container, String reason) throws Exception {
    Path target = file("refused." + container);
    Files.deleteIfExists(target);

    assertThatThrownBy(() -> copiedVideo(from, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("encode the stream again");
    assertThat(target).doesNotExist();
    // which is possible
    Transcoder.of(file(from)).toFile(target);
    int expected = from.startsWith("joined") ? 2 * FRAMES : FRAMES;
    assertThat(frames(target)).hasSize(expected);
  }

  /** What an encoder has inserted is not heard in the copy either, or the copy says so. */
  @ParameterizedTest
  @CsvSource({"m4a,mp4,false", "m4a,mkv,false", "m4a,ts,true", "mp3,mp4,false", "mp3,mp3,false"})
  void copy_ofAudio_hasTheSamePacketsAndNotesWhatIsHeardBesides(
      String from, String container, boolean noted) throws Exception {
    String codec = from.equals("m4a") ? "aac" : "libmp3lame";
    ffmpeg("-f lavfi -i sine=d=2:r=44100 -c:a " + codec + " " + file("audio." + from));
    Path target = file("audiocopy." + container);

    TranscodeResult result = Transcoder.of(file("audio." + from)).copyAudio().toFile(target);

    List<String> sizes = packets(file("audio." + from));
    if (!container.equals("ts")) {
      // FFmpeg repeats the header of AAC in each packet of MPEG-TS
      assertThat(packets(target)).isEqualTo(sizes);
    }
    assertThat(packets(target)).hasSameSizeAs(sizes);
    if (container.equals("mkv")) {
      // before 0, where players do not play
      assertThat(FfmpegCli.ffprobe(target, "-show_entries", "stream=start_time"))
          .containsExactly("-0.023000");
    }
    assertThat(result.encoding().notes().toString().contains("the first 1024")).isEqualTo(noted);
  }

  private static List<String> packets(Path file) throws Exception {
    return FfmpegCli.ffprobe(file, "-show_entries", "packet=size").stream()
        .map(line -> line.replaceAll(",.*", ""))
        .toList();
  }
}
