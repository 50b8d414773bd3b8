package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.FrameRate;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transcoder says of frames that the output cannot hold as they are. */
@RequiresFfmpegCli
class TranscodeNotesTest {
  @TempDir private static Path folder;

  private static Path ffv1(String size, String format) throws Exception {
    Path file = folder.resolve(format + size + ".mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=" + size + ":d=0.2 -c:v ffv1 -pix_fmt " + format + " " + file)
            .split(" "));
    return file;
  }

  private static String format(Path file) throws Exception {
    return FfmpegCli.ffprobe(file, "-show_entries", "stream=pix_fmt").get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "yuv444p,color resolution",
    "yuv422p,color resolution",
    "bgra,alpha and color resolution",
    "yuva420p,alpha",
    "yuv444p10le,color resolution",
  })
  void toFile_ofWhatTheFormatDoesNotHold_notesTheLoss(String pixels, String lost) throws Exception {
    Path target = folder.resolve("noted.mp4");

    TranscodeResult result = Transcoder.of(ffv1("64x64", pixels)).toFile(target);

    assertThat(format(target)).contains("420p");
    assertThat(result.notes())
        .singleElement()
        .asString()
        .contains("has lost " + lost + " of the input")
        .contains("pixelFormat");
  }

  @Test
  void toFile_ofWhatTheFormatHolds_notesNothing() throws Exception {
    Path target = folder.resolve("kept.mp4");

    assertThat(Transcoder.of(ffv1("64x64", "yuv420p10le")).toFile(target).notes()).isEmpty();
    assertThat(format(target)).isEqualTo("yuv420p10le");
    TranscodeResult chosen =
        Transcoder.of(ffv1("64x64", "yuv444p"))
            .video(options -> options.pixelFormat("yuv444p"))
            .toFile(target);
    assertThat(chosen.notes()).isEmpty();
    assertThat(format(target)).isEqualTo("yuv444p");
  }

  @Test
  void toFile_ofVariableRateIntoAvi_isRefusedWithTheCallThatHelps() throws Exception {
    Path source = folder.resolve("variable.mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=64x64:r=25:d=1 -vf select=not(eq(mod(n\\,5)\\,1)) -fps_mode vfr"
                + " -c:v ffv1 "
                + source)
            .split(" "));
    Path target = folder.resolve("constant.avi");

    assertThatThrownBy(() -> Transcoder.of(source).toFile(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("avi requires a constant frame rate")
        .hasMessageContaining(
            "video(VideoOutput.source().frameRate(FrameRate.of(25, 1)))"
                + " with video(options -> options.variableFrameRate(false))");
    assertThat(target).doesNotExist();

    Transcoder.of(source)
        .video(VideoOutput.source().frameRate(FrameRate.of(25, 1)))
        .video(options -> options.variableFrameRate(false))
        .toFile(target);
    assertThat(FfmpegCli.ffprobe(target, "-count_frames", "-show_entries", "stream=nb_read_frames"))
        .containsExactly("25");
  }

  /** The MP4 marks its only stream as default, as every muxer does. */
  @ParameterizedTest
  @ValueSource(strings = {"ts", "flv"})
  void toFile_ofTheOnlyStream_doesNotNoteThatItIsTheDefault(String container) throws Exception {
    Path source = folder.resolve("default.mp4");
    FfmpegCli.ffmpeg(("-f lavfi -i testsrc=s=64x64:r=25:d=0.2 -c:v mpeg4 " + source).split(" "));
    assertThat(FfmpegCli.ffprobe(source, "-show_entries", "stream_disposition=default"))
        .containsExactly("1");

    TranscodeResult done = Transcoder.of(source).toFile(folder.resolve("out." + container));

    assertThat(done.notes()).isEmpty();
    assertThat(done.encoding().notes()).noneMatch(note -> note.contains("disposition"));
  }

  @Test
  void toFile_ofOddSizes_isRefusedWithTheCallThatHelps() throws Exception {
    Path odd = ffv1("65x63", "yuv420p");
    Path target = folder.resolve("odd.mp4");

    assertThatThrownBy(() -> Transcoder.of(odd).toFile(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video(VideoOutput.source().crop(0, 0, 64, 62))");
    assertThat(target).doesNotExist();

    Transcoder.of(odd).video(VideoOutput.source().crop(0, 0, 64, 62)).toFile(target);
    assertThat(FfmpegCli.ffprobe(target, "-show_entries", "stream=width,height"))
        .containsExactly("64,62");
  }
}
