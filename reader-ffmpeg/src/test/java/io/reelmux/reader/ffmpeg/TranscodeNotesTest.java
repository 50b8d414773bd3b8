package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
