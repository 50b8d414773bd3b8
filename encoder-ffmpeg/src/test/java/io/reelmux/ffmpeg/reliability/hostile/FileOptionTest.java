package io.reelmux.ffmpeg.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.FfmpegBackend;
import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder writes to its destination and nowhere else. */
class FileOptionTest {
  private static final List<String> REFUSED =
      List.of(
          "libx264 stats x",
          "libx264 passlogfile x",
          "libx264 flags +pass1",
          "libx264 flags 512",
          "libx264 flags +pass2",
          "libx264 x264-params keyint=9:pass=1",
          "libx264 x264-params pass=3:stats=x",
          "libx264 x264-params dump-yuv=x",
          "libx264 x264-params dump_yuv=x",
          "libx264 x264-params dump\\-yuv=x",
          "libx264 x264-params 'dump-yuv'=x",
          "libx264 x264-params cqmfile=x",
          "libx264 x264opts dump-yuv=x",
          "libx264 x264opts opencl=1:opencl-clbin=x",
          "libx265 x265-stats x",
          "libx265 x265-params pass=1",
          "libx265 x265-params csv=x",
          "libx265 x265-params --csv=x",
          "libx265 x265-params no-csv=0",
          "libx265 x265-params analysis-save=x",
          "libx265 x265-params analysis_save=x",
          "libx265 x265-params analysis-load=x",
          "libx265 x265-params scaling-list=x",
          "libx265 x265-params lambda-file=x",
          "libx265 x265-params nalu-file=x",
          "libaom-av1 aom-params film-grain-table=x",
          "libaom-av1 aom-params vmaf-model-path=x",
          "libsvtav1 svtav1-params pass=1:stats=x",
          "libvpx-vp9 flags +pass1",
          "mpeg4 flags +pass2");

  /** Each of these crashed or hung the process when it reached the library. */
  private static final List<String> DEADLY =
      List.of(
          "libx264 x264-params asm=xop",
          "libx264 x264-params keyint=9:asm=0xffffffff",
          "libx264 x264opts asm=fma4",
          "libx265 x265-params asm=xop",
          "libx265 x265-params --asm=4294967295",
          "libx265 x265-params input-res=4096x2160",
          "libx265 x265-params input_res=4096x2160",
          "libx265 x265-params copy-pic=0",
          "libx265 x265-params no-copy-pic=1",
          "libsvtav1 svtav1-params asm=avx512");

  private static final List<String> ACCEPTED =
      List.of(
          "libx264 x264-params keyint=9:aq-mode=2",
          "libx264 x264-params no-asm=1",
          "libx264 x264-params asm=0",
          "libx265 x265-params asm=auto:copy-pic=1",
          "libx265 x265-params scaling-list=default",
          "libsvtav1 svtav1-params film-grain=8",
          "mpeg4 flags +qpel");

  @TempDir Path directory;

  @Test
  void open_optionThatOpensAFile_isRefused() throws IOException {
    int tried = refused(REFUSED, "must not");

    assertThat(tried).isGreaterThanOrEqualTo(5);
    Reliability.record(
        "options that make an encoder's library open files",
        "statistics, dumps and tables by name in the options of x264, x265, SVT-AV1, libaom",
        tried,
        "each refused, and the option named");
  }

  @Test
  void open_optionThatEndsTheProcess_isRefused() throws IOException {
    int tried = refused(DEADLY, "crashes the process");

    assertThat(tried).isPositive();
    Reliability.record(
        "parameters that make an encoder's library crash or hang",
        "instruction sets that the processor lacks, another frame size, borrowed memory, by name in"
            + " the options of x264, x265, SVT-AV1",
        tried,
        "each refused, naming the parameter");
  }

  private static int refused(List<String> lines, String reason) throws IOException {
    int tried = 0;
    for (String line : lines) {
      List<String> words = List.of(line.split(" ", 3));
      if (exists(words.get(0))) {
        tried++;
        assertThatThrownBy(() -> encode(words))
            .as(line)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("option '" + words.get(1) + "'")
            .hasMessageContaining(reason);
      }
    }
    return tried;
  }

  @Test
  void encode_harmlessOptionOfTheSameKind_isAccepted() throws IOException {
    for (String line : ACCEPTED) {
      List<String> words = List.of(line.split(" ", 3));
      if (exists(words.get(0))) {
        assertThat(encode(words)).as(line).isPositive();
      }
    }
  }

  @Test
  void finish_indexBeforeTheData_readsItsOwnFileOnly() throws IOException {
    assumeThat(exists("mpeg4")).isTrue();
    String keyframes = moved("flv", "flvflags", "+add_keyframe_index");
    String cues = moved("mkv", "cues_to_front", "1");

    // AMF: the name, then the object with the positions, which must not be empty
    assertThat(keyframes).contains("keyframes\3").contains("filepositions");
    // the last place that names the index: the first is in the list of contents
    assertThat(cues.lastIndexOf("\u001cS\u00bbk")).isBetween(0, cues.indexOf("\u001fC\u00b6u"));
  }

  @Test
  void open_indexBeforeTheDataOnAStream_isRefused() throws IOException {
    try (Encoder encoder = Encoder.builder().muxerOption("cues_to_front", "1").build()) {
      encoder.addVideo(VideoOptions.builder(64, 64, 25).codec("mpeg4").build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutputStream(), "mkv"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cues_to_front");
    }
  }

  private String moved(String extension, String option, String value) throws IOException {
    Path file = directory.resolve("moved." + extension);
    try (Encoder encoder = Encoder.builder().muxerOption(option, value).build()) {
      String codec = extension.equals("flv") ? "flv" : "mpeg4";
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(64, 64, 25).codec(codec).gop(5).build());
      encoder.openFile(file);
      for (int i = 0; i < 60; i++) {
        video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 64, new byte[64 * 64]));
      }
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static boolean exists(String encoder) throws IOException {
    return new FfmpegBackend().catalog().encoder(encoder).isPresent();
  }

  private static int encode(List<String> words) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(64, 64, 25)
                  .codec(words.get(0))
                  .threads(1)
                  .option(words.get(1), words.get(2))
                  .build());
      encoder.openFileLike(output, "mkv");
      video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 64, new byte[64 * 64]));
    }
    return output.toByteArray().length;
  }
}
