package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AlphaMode;
import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ToneMap;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
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
        .filteredOn(note -> note.contains("has lost"))
        .singleElement()
        .asString()
        .contains("has lost " + lost + " of the input")
        .contains("pixelFormat");
  }

  @ParameterizedTest
  @CsvSource({"yuv444p, DROP, false", "bgra, DROP, true", "bgra, KEEP, false"})
  void toFile_gif_notesOnlyALostAlpha(String pixels, AlphaMode alpha, boolean noted)
      throws Exception {
    TranscodeResult result =
        Transcoder.of(ffv1("64x64", pixels))
            .video(options -> options.alpha(alpha))
            .toFile(folder.resolve("palette.gif"));

    assertThat(result.encoding().streams().get(0).format()).isEqualTo("pal8");
    assertThat(result.notes())
        .filteredOn(note -> note.contains("has lost"))
        .hasSize(noted ? 1 : 0)
        .allMatch(note -> note.contains("pal8 has lost alpha of the input;"));
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

  /** No layout of frames has its memory, and R'G'B' between does not give it back exactly. */
  @ParameterizedTest
  @CsvSource({
    "yuv420p12le, true",
    "yuv444p12le, true",
    "yuv411p, true",
    "yuv440p, true",
    "yuva444p10le, true",
    "yuv420p, false",
    "yuv422p10le, false",
    "gray, false",
    "bgr0, false"
  })
  void toFile_throughAnotherLayout_notesIt(String pixels, boolean noted) throws Exception {
    TranscodeResult result =
        Transcoder.of(ffv1("64x64", pixels))
            .video(options -> options.codec("ffv1").pixelFormat(pixels))
            .toFile(folder.resolve("same.mkv"));

    assertThat(result.notes().toString())
        .matches(noted ? ".*stream 0: frames of " + pixels + " are converted to .*" : "\\[]");
  }

  @Test
  void notes_haveThoseOfTheEncoderAndOfDecoding() throws Exception {
    Path cut = folder.resolve("cut.mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=64x64:r=25:d=4 -pix_fmt yuv420p10le -c:v ffv1 " + cut).split(" "));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

    TranscodeResult result =
        Transcoder.of(cut)
            .video(options -> options.codec("libvpx"))
            .toFile(folder.resolve("all.webm"));

    assertThat(result.encoding().notes()).isNotEmpty();
    assertThat(result.notes())
        .containsAll(result.encoding().notes())
        .anyMatch(note -> note.startsWith("stream 0: the input may be cut off"));
  }

  @ParameterizedTest
  @CsvSource({"mkv, 2, true", "mkv, 1, false", "mp4, 2, true", "mp4, 1, false"})
  void toFile_ofACopy_notesThatTheInputIsCutOff(String container, int divisor, boolean noted)
      throws Exception {
    Path source = folder.resolve("source." + container);
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=64x64:r=25:d=4 -f lavfi -i sine=d=4 -c:v mpeg4 -c:a aac "
                + (container.equals("mp4") ? "-movflags +faststart " : "")
                + source)
            .split(" "));
    byte[] bytes = Files.readAllBytes(source);
    Path cut =
        Files.write(
            folder.resolve("cut." + container), Arrays.copyOf(bytes, bytes.length / divisor));

    TranscodeResult result =
        Transcoder.of(cut).copyVideo().copyAudio().toFile(folder.resolve("copy.mkv"));

    assertThat(result.notes().toString().contains("stream 0: the input may be cut off: "))
        .as("%s", result.notes())
        .isEqualTo(noted);
  }

  /** The depth is the source's, and nobody has asked for it. */
  @ParameterizedTest
  @CsvSource({
    "webm, libvpx, yuv420p",
    "mp4, mpeg4, yuv420p",
    "gif, gif, pal8",
  })
  void toFile_ofTenBitsIntoEight_notesIt(String container, String codec, String format)
      throws Exception {
    Path target = folder.resolve("eight." + container);

    TranscodeResult result =
        Transcoder.of(ffv1("64x64", "yuv420p10le"))
            .video(options -> options.codec(codec))
            .toFile(target);

    assertThat(result.encoding().streams().get(0).format()).isEqualTo(format);
    assertThat(result.encoding().notes())
        .contains(
            "video 0: 10 bits per component are not kept: "
                + codec
                + " encodes "
                + format
                + ", with 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixelFormat", "bitDepth"})
  void toFile_ofTenBitsWithAnotherFormat_isAsAsked(String setting) throws Exception {
    Path target = folder.resolve("asked.mp4");

    TranscodeResult result =
        Transcoder.of(ffv1("64x64", "yuv420p10le"))
            .video(
                options ->
                    Objects.requireNonNull(
                        setting.equals("bitDepth")
                            ? options.bitDepth(8)
                            : options.pixelFormat("yuv420p")))
            .toFile(target);

    assertThat(format(target)).isEqualTo("yuv420p");
    assertThat(result.encoding().notes()).noneMatch(note -> note.contains("bits"));
  }

  @Test
  void toFile_ofTenBitsWithAProfileOfEight_notesIt() throws Exception {
    Path target = folder.resolve("high.mp4");

    TranscodeResult result =
        Transcoder.of(ffv1("64x64", "yuv420p10le"))
            .video(options -> options.codec("libx264").profile("high"))
            .toFile(target);

    assertThat(format(target)).isEqualTo("yuv420p");
    assertThat(result.encoding().notes())
        .anyMatch(note -> note.contains("10 bits per component are not kept"));
  }

  @ParameterizedTest
  @CsvSource({"0, yuv420p", "10, yuv420p10le"})
  void toFile_ofHdrThatBecomesSdr_hasEightBitsUnlessAsked(int bits, String format)
      throws Exception {
    Path hdr = folder.resolve("hdr.mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=64x64:d=0.2 -vf format=yuv420p10le,setparams=colorspace=bt2020nc"
                + ":color_primaries=bt2020:color_trc=smpte2084:range=tv -c:v ffv1 "
                + hdr)
            .split(" "));
    Path target = folder.resolve("sdr.mp4");

    TranscodeResult result =
        Transcoder.of(hdr)
            .video(VideoOutput.source().toSdr(ToneMap.HABLE))
            .video(
                options -> {
                  if (bits > 0) {
                    options.bitDepth(bits);
                  }
                })
            .toFile(target);

    assertThat(format(target)).isEqualTo(format);
    assertThat(result.encoding().notes()).noneMatch(note -> note.contains("bits"));
  }

  /** Y'CbCr of BT.709 becomes the same colors in a palette of them. */
  @Test
  void toFile_gif_hasPalettesAndTheTimesOfTheSource() throws Exception {
    Path source = folder.resolve("blue.mp4");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i color=c=0x3366AA:s=64x64:r=10:d=0.5 -vf"
                + " scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -c:v libx264 -crf 1"
                + " -colorspace bt709 -color_range tv -color_primaries bt709 -color_trc bt709 "
                + source)
            .split(" "));
    Path target = folder.resolve("blue.gif");

    TranscodeResult result = Transcoder.of(source).toFile(target);

    assertThat(result.encoding().streams().get(0).format()).isEqualTo("pal8");
    assertThat(FfmpegCli.ffprobe(target, "-show_entries", "format=duration"))
        .containsExactly("0.500000");
    byte[] palette = RawFrames.decode(target, "rgb24", 64 * 64 * 3).get(4);
    byte[] expected = RawFrames.decode(source, "rgb24", 64 * 64 * 3).get(4);
    for (int i = 0; i < 3; i++) {
      assertThat((palette[i] & 0xFF) - (expected[i] & 0xFF)).isBetween(-2, 2);
    }
  }

  /** Filters of the encoder make the last frame, which cannot be told when it ends. */
  @Test
  void toFile_withFiltersOfTheEncoder_endsWithTheSource() throws Exception {
    Path source = folder.resolve("filtered.mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=64x64:r=25:d=1 -vf select=not(eq(mod(n\\,5)\\,1)) -fps_mode vfr"
                + " -pix_fmt yuv420p -c:v ffv1 "
                + source)
            .split(" "));
    Path target = folder.resolve("filtered.mp4");

    TranscodeResult result =
        Transcoder.of(source).video(options -> options.filter("hflip")).toFile(target);

    assertThat(result.notes()).isEmpty();
    assertThat(FfmpegCli.ffprobe(target, "-show_entries", "format=duration"))
        .containsExactly("1.000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv"})
  void toFile_ofStreamsWithTitles_keepsThem(String container) throws Exception {
    Path source = folder.resolve("titled." + container);
    Path target = folder.resolve("titled-again.mkv");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(64, 64, 25).title("Camera 2").build());
      encoder.openFile(source);
      video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 64, new byte[64 * 64 * 3]));
    }

    TranscodeResult result = Transcoder.of(source).toFile(target);

    assertThat(result.encoding().notes()).noneMatch(note -> note.contains("name"));
    try (MediaReader reader = MediaReader.open(source);
        MediaReader again = MediaReader.open(target)) {
      assertThat(reader.info().streams().get(0).facts().title()).hasValue("Camera 2");
      assertThat(again.info().streams().get(0).facts().title()).hasValue("Camera 2");
    }
  }

  @Test
  void toFile_ofInterlacedFramesForAnEncoderWithout_isRefusedWithTheCallThatHelps()
      throws Exception {
    Path source = folder.resolve("interlaced.mkv");
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc=s=64x64:d=0.2 -vf setfield=tff -c:v mpeg2video -flags +ildct"
                + " -top 1 "
                + source)
            .split(" "));
    Path target = folder.resolve("interlaced.webm");

    assertThatThrownBy(() -> Transcoder.of(source).toFile(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fieldOrder TOP_FIRST")
        .hasMessageContaining("video(VideoOutput.source().filter(\"yadif\"))");
    assertThat(target).doesNotExist();

    Transcoder.of(source).video(VideoOutput.source().filter("yadif")).toFile(target);
    assertThat(target).exists();
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

    assertThat(done.notes()).noneMatch(note -> note.contains("disposition"));
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
