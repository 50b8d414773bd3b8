package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ToneMap;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A color space that a program sets, of frames that have another, is noted where it is a tag. */
@RequiresFfmpegCli
class RelabelingTest {
  private static final String PQ =
      "yuv420p10le,setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084:range=tv";
  private static final String PAL =
      "yuv420p,setparams=colorspace=bt470bg:color_primaries=bt470bg:color_trc=smpte170m:range=tv";

  @TempDir private static Path folder;

  private static Path source(String format) throws Exception {
    Path file = folder.resolve("source.mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i color=c=0xC03060:s=64x64:d=0.2 -vf format=" + format + " -c:v ffv1 " + file)
            .split(" "));
    return file;
  }

  private static TranscodeResult transcode(String source, VideoOutput output, ColorSpec color)
      throws Exception {
    return Transcoder.of(source(source))
        .video(output)
        .video(options -> options.codec("ffv1").color(color))
        .toFile(folder.resolve("target.mkv"));
  }

  private static List<String> notes(TranscodeResult result) {
    return result.notes().stream().filter(note -> note.contains("is tagged")).toList();
  }

  private static Optional<String> note(String source, VideoOutput output, ColorSpec color)
      throws Exception {
    return notes(transcode(source, output, color)).stream()
        .findFirst()
        .map(note -> note.substring(0, note.indexOf(": color(...)")));
  }

  @Test
  void toFile_hdrTaggedAsSdr_isNoted() throws Exception {
    assertThat(note(PQ, VideoOutput.source(), ColorSpec.BT709_LIMITED))
        .hasValue(
            "stream 0: matrix BT2020 is tagged BT709, primaries BT2020 is tagged BT709,"
                + " transfer PQ is tagged BT709");
    assertThat(note(PQ, VideoOutput.of(PixelLayout.RGB48), ColorSpec.BT709_LIMITED))
        .as("the encoder converts R'G'B' to the matrix")
        .hasValue("stream 0: primaries BT2020 is tagged BT709, transfer PQ is tagged BT709");
  }

  @Test
  void toFile_withTheColorsOfTheSource_notesNothing() throws Exception {
    assertThat(note(PQ, VideoOutput.source(), ColorSpec.BT2020_PQ)).isEmpty();
    assertThat(note(PQ, VideoOutput.source().toSdr(ToneMap.HABLE), ColorSpec.BT709_LIMITED))
        .isEmpty();
    assertThat(note(PAL, VideoOutput.source(), ColorSpec.BT601_PAL_LIMITED)).isEmpty();
  }

  /** Read back by another program: what the note advises gives the right colors. */
  @Test
  void toFile_anotherMatrix_isNotedUnlessItIsConverted() throws Exception {
    ColorSpec matrixOnly =
        new ColorSpec(
            ColorSpec.Matrix.BT709,
            ColorSpec.Range.LIMITED,
            ColorSpec.Primaries.BT470BG,
            ColorSpec.Transfer.BT601);

    assertThat(note(PAL, VideoOutput.source(), matrixOnly))
        .hasValue("stream 0: matrix BT601 is tagged BT709");
    assertThat(Math.abs(green() - 0x30)).as("the tag is wrong").isGreaterThan(2);

    assertThat(note(PAL, VideoOutput.of(PixelLayout.RGB24), matrixOnly)).isEmpty();
    assertThat(green()).isBetween(0x2E, 0x32);
  }

  private static int green() throws Exception {
    Path target = folder.resolve("target.mkv");
    return RawFrames.decode(target, "rgb24", 64 * 64 * 3).get(0)[1] & 0xFF;
  }

  /** The matrix of PAL has a name of its own, which is as much a statement as the others. */
  @ParameterizedTest
  @CsvSource({"bt470bg, false", "smpte170m, false", "unknown, true"})
  void info_saysWhetherTheMatrixIsGuessed(String matrix, boolean guessed) throws Exception {
    try (MediaReader reader =
        MediaReader.open(source(PAL.replace("colorspace=bt470bg", "colorspace=" + matrix)))) {
      VideoInfo info = (VideoInfo) reader.info().streams().get(0);

      assertThat(info.color()).isEqualTo(ColorSpec.BT601_PAL_LIMITED);
      assertThat(info.colorGuessed()).isEqualTo(guessed);
    }
  }

  @Test
  void toFile_ofAFileWithoutColors_isNotNoted() throws Exception {
    assertThat(note("yuv420p", VideoOutput.source(), ColorSpec.BT2020_LIMITED)).isEmpty();
    assertThat(note("yuv420p", VideoOutput.source(), ColorSpec.BT2020_PQ)).isEmpty();
  }

  @Test
  void toFile_hdrOfWhichNothingElseIsStated_isNotedIfItBecomesSdr() throws Exception {
    String transfer = "yuv420p10le,setparams=color_trc=smpte2084";

    assertThat(note(transfer, VideoOutput.source(), ColorSpec.BT2020_PQ)).isEmpty();
    assertThat(note(transfer, VideoOutput.source(), ColorSpec.BT709_LIMITED))
        .hasValue("stream 0: transfer PQ is tagged BT709");
  }

  @Test
  void toFile_withAFilter_isNotNoted() throws Exception {
    VideoOutput filtered =
        VideoOutput.source().filter("scale=in_color_matrix=bt601:out_color_matrix=bt709");

    assertThat(note(PAL, filtered, ColorSpec.BT709_LIMITED)).isEmpty();
  }
}
