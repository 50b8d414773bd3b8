package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the output's container does not hold is refused by the names that users know. */
@RequiresFfmpegCli
class TranscodeRefusalTest {
  private static final String OLD = "precious";

  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc2=s=96x64:r=25 -f lavfi -i sine=r=48000 -t 1 -c:v mpeg4 -c:a aac "
                + source())
            .split(" "));
  }

  private static Path source() {
    return folder.resolve("source.mp4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audio | webm | does not support stream 1 (aac audio); it supports audio such as opus or"
            + " vorbis; | leave out copyAudio(), and it is encoded",
        "video | webm | does not support stream 0 (mpeg4 video); it supports video such as vp9, av1"
            + " or vp8; | leave out copyVideo(), and it is encoded",
        "both | webm | does not support stream 0 (mpeg4 video), stream 1 (aac audio); it supports"
            + " video such as vp9, av1 or vp8, and audio such as opus or vorbis; | leave out"
            + " copyVideo() and copyAudio(), and it is encoded",
        "none | mp3 | video 0: container 'mp3' cannot hold video; | streams(stream -> stream"
            + " instanceof AudioInfo) leaves video out",
        "video | mp3 | does not support stream 0 (mpeg4 video); it is audio-only; leave the stream"
            + " out | streams(stream -> stream instanceof AudioInfo) leaves video out",
        "none | gif | audio 0: container 'gif' cannot hold audio; | streams(stream -> stream"
            + " instanceof VideoInfo) leaves audio out",
        "audio | gif | does not support stream 1 (aac audio); it supports no audio; leave the"
            + " stream out | streams(stream -> stream instanceof VideoInfo) leaves audio out",
      })
  void toFile_streamThatTheContainerDoesNotHold_namesItAndWhatToDo(
      String copies, String container, String words, String wayOut) throws Exception {
    Transcoder transcoder = Transcoder.of(source());
    if (copies.equals("audio") || copies.equals("both")) {
      transcoder.copyAudio();
    }
    if (copies.equals("video") || copies.equals("both")) {
      transcoder.copyVideo();
    }
    Path target = Files.writeString(folder.resolve("refused." + container), OLD);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> transcoder.toFile(target))
        .withMessageContaining(words)
        .withMessageEndingWith("; of a Transcoder, " + wayOut)
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("packets 0"));
    assertThat(target).hasContent(OLD);
  }

  /** Those of a steady rate are refused before the old file is touched. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | false | stream 0: 120 frames per second: container gif counts 1/100 of a second",
        "null | true | frame rate 120: container gif supports at most 50 frames a second",
        "not(eq(n\\,7)) | false | share a time in container gif, which counts 1/100 of a second"
      })
  void toFile_rateThatAGifDoesNotStore_namesALowerOne(String select, boolean constant, String words)
      throws Exception {
    Path fast = folder.resolve("fast.mp4");
    FfmpegCli.ffmpeg(
        ("-y -f lavfi -i testsrc2=s=96x64:r=120 -t 0.2 -vf select="
                + (select.equals("null") ? "1" : select)
                + " -vsync vfr -c:v mpeg4 "
                + fast)
            .split(" "));
    Path target = Files.writeString(folder.resolve("old.gif"), OLD);
    Transcoder transcoder = Transcoder.of(fast);
    if (constant) {
      transcoder.video(options -> options.variableFrameRate(false));
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> transcoder.toFile(target))
        .withMessageContaining(words)
        .withMessageEndingWith(
            "; of a Transcoder, video(VideoOutput.source().frameRate(FrameRate.of(50))) leaves"
                + " frames out");
    if (select.equals("null")) {
      assertThat(target).hasContent(OLD);
    }
    Transcoder.of(fast).video(VideoOutput.source().frameRate(FrameRate.of(50))).toFile(target);
  }

  @Test
  void toFile_noteOfACopiedStream_namesItAsTheInputDoes() throws Exception {
    TranscodeResult result =
        Transcoder.of(source()).copyVideo().copyAudio().toFile(folder.resolve("noted.ts"));

    assertThat(result.encoding().notes())
        .anyMatch(note -> note.startsWith("stream 1: players play samples that aac adds"))
        .noneMatch(note -> note.contains("packets "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv"})
  void copied_rotation_isReadByFfprobe(String container) throws Exception {
    Path turned = folder.resolve("turned.mp4");
    for (int degrees : new int[] {90, 180, 270}) {
      assertThat(rotate(source(), degrees, turned).encoding().notes()).isEmpty();
      assertThat(ffprobe(turned)).containsExactly(degrees == 270 ? "90" : "-" + degrees);
      Path again = folder.resolve("again." + container);

      // the rotation of the input is replaced, not added to
      assertThat(rotate(turned, 90, again).encoding().notes()).isEmpty();
      assertThat(ffprobe(again)).containsExactly("-90");
      try (MediaReader reader = MediaReader.open(again)) {
        VideoInfo info = (VideoInfo) reader.info().streams().get(0);
        assertThat(info.rotation()).isEqualTo(90);
        assertThat(info.width()).isEqualTo(64);
      }

      rotate(turned, 0, again);
      try (MediaReader reader = MediaReader.open(again)) {
        assertThat(((VideoInfo) reader.info().streams().get(0)).rotation()).isZero();
      }
    }
  }

  @Test
  void copied_rotationThatTheContainerDoesNotStore_isNoted() throws Exception {
    assertThat(rotate(source(), 90, folder.resolve("turned.ts")).encoding().notes())
        .anyMatch(
            note ->
                note.equals(
                    "stream 0: mpegts cannot store the rotation and the flip that players apply;"
                        + " players do not learn it"));
    assertThat(rotate(source(), 0, folder.resolve("upright.ts")).encoding().notes())
        .noneMatch(note -> note.contains("rotation"));
  }

  private static TranscodeResult rotate(Path from, int degrees, Path to) throws Exception {
    return Transcoder.of(from)
        .copyVideo()
        .copyAudio()
        .copied(
            packets -> {
              if (packets.kind() == StreamKind.VIDEO) {
                packets.rotation(degrees);
              }
            })
        .toFile(to);
  }

  private static List<String> ffprobe(Path file) throws Exception {
    return FfmpegCli.ffprobe(
        file, "-select_streams", "v", "-show_entries", "stream_side_data=rotation");
  }
}
