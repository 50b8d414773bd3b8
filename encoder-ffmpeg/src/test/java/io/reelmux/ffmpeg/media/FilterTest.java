package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.StreamResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Filters of the caller: what leaves them is in the file and in the result, or they are refused.
 */
class FilterTest {
  private static final int FRAMES = 25;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "crop=32:24:8:8,scale=128:96; 128; 96; 25; 25; 1000",
        "fps=50; 64; 48; 50; 50; 1000",
        "fps=10; 64; 48; 10; 10; 1000",
        "tpad=stop=25; 64; 48; 25; 50; 2000",
        "reverse; 64; 48; 25; 25; 1000",
        "split[a][b],[a][b]hstack; 128; 48; 25; 25; 1000",
        "setpts=2*PTS; 64; 48; 0; 25; 2000",
        "setpts=PTS/2; 64; 48; 0; 25; 500",
        "select=not(mod(n\\,5)); 64; 48; 0; 5; 1000",
        "setpts=2*PTS,fps=25; 64; 48; 25; 50; 2000",
      })
  void video_isWhatLeavesTheFilter(
      String filter, int width, int height, int rate, int frames, long millis) throws Exception {
    Path file = directory.resolve("video.mkv");

    EncodingResult result = video(file, options(filter.replace("],[", "];[")));

    StreamResult stream = result.streams().get(0);
    assertThat(result.notes()).isEmpty();
    assertThat(stream.width()).isEqualTo(width);
    assertThat(stream.height()).isEqualTo(height);
    assertThat(stream.frameRate())
        .isEqualTo(rate == 0 ? Optional.empty() : Optional.of(FrameRate.of(rate)));
    assertThat(stream.packets()).isEqualTo(frames);
    assertThat(stream.duration()).isEqualTo(Duration.ofMillis(millis));
    assertThat(probe(file, "stream=width,height")).containsExactly(width + "," + height);
    assertThat(probe(file, "packet=pts")).hasSize(frames);
  }

  @Test
  void keyInterval_behindAnotherRate_isInTimeOfTheEncodedFrames() throws Exception {
    Path file = directory.resolve("keys.mkv");

    video(
        file,
        options("fps=50").keyInterval(Duration.ofMillis(200)).option("sc_threshold", "1000000000"));

    List<String> flags = probe(file, "packet=flags");
    for (int i = 0; i < 50; i++) {
      assertThat(flags.get(i).startsWith("K")).as("frame %d", i).isEqualTo(i % 10 == 0);
    }
  }

  @Test
  void keyFrameMark_passesTheFilter() throws Exception {
    Path file = directory.resolve("mark.mkv");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options("fps=50").build());
      encoder.openFile(file);
      for (int i = 0; i < FRAMES; i++) {
        video.addFrame(i == 7 ? frame(i).withKeyFrame() : frame(i));
      }
      encoder.finish();
    }

    List<String> flags = probe(file, "packet=flags");

    assertThat(flags.get(14)).startsWith("K");
    assertThat(flags.get(15)).doesNotStartWith("K");
  }

  @Test
  void scale_changesTheShapeOfPixels() throws Exception {
    Path file = directory.resolve("ratio.mkv");

    video(file, options("scale=128:48").sampleAspectRatio(2, 1));

    assertThat(probe(file, "stream=sample_aspect_ratio")).containsExactly("1:1");
  }

  @Test
  void format_behindTheFilter_isEncodedIfTheEncoderSupportsIt() throws Exception {
    Path file = directory.resolve("format.mkv");

    video(file, options("format=yuv422p,hflip").codec("ffv1"));
    assertThat(probe(file, "stream=pix_fmt")).containsExactly("yuv422p");

    video(file, options("format=rgb24,hflip").codec("ffv1"));
    assertThat(probe(file, "stream=pix_fmt")).containsExactly("yuv420p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "scael=1:2; unknown filter 'scael'; did you mean scale?",
        "scale=foo=1; filter 'scale=foo=1' is refused by FFmpeg: Option not found",
        "movie=a.png; filter 'movie' opens a file",
        "drawtext=textfile=a; option 'textfile' of filter 'drawtext' opens a file",
        "curves=psfile=a; option 'psfile' of filter 'curves' opens a file",
        "tpad=stop=-1; filter 'tpad' may go on without end",
        "loop=-1:1; filter 'loop' may go on without end",
        "color; filter 'color' may go on without end",
        "nullsink; filter 'nullsink' is not accepted; these are: acompressor,",
        "hwupload; requires frames in a device's memory",
      })
  void open_withFilterThatDoesNotFit_isRefusedAndLeavesNoFile(String filter, String reason) {
    Path file = directory.resolve("refused.mkv");

    boolean known = !filter.startsWith("drawtext") || hasFilter(file, "drawtext=text=a");
    assertThatThrownBy(() -> video(file, options(filter)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(known ? reason.split(";")[0] : "unknown filter")
        .hasMessageNotContaining("sws_flags");
    assertThat(file).doesNotExist();
  }

  private boolean hasFilter(Path file, String filter) {
    try {
      return video(file, options(filter)) != null && Files.deleteIfExists(file);
    } catch (IllegalArgumentException e) {
      return !String.valueOf(e.getMessage()).contains("unknown filter");
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void open_filterWithAFile_isReadIfThatIsAllowed() throws Exception {
    Path table =
        Files.writeString(
            directory.resolve("id.cube"),
            "LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n");
    Path file = directory.resolve("lut.mkv");
    try (Encoder encoder = Encoder.builder().allowFilterFiles(true).build()) {
      VideoStream video = encoder.addVideo(options("lut3d=file=" + table).build());
      encoder.openFile(file);
      video.addFrame(frame(0));
    }

    assertThat(probe(file, "packet=pts")).hasSize(1);
    assertThatThrownBy(() -> video(file, options("lut3d=file=" + table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowFilterFiles(true)");
  }

  @Test
  void open_withoutConstantRateWhereItIsRequired_isRefused() {
    assertThatThrownBy(() -> video(directory.resolve("a.avi"), options("setpts=2*PTS")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end it with fps=25");
  }

  @Test
  void filter_thatChangesTheSizeOfFrames_fails() {
    String filter = "scale=w='64+2*n':h=48:eval=frame";
    assertThatThrownBy(() -> video(directory.resolve("a.mkv"), options(filter)))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("it changed the size of frames to 66x48");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "loudnorm=I=-16,aresample=48000; 48000",
        "volume=0.5; 48000",
        "aresample=44100; 48000",
        "areverse; 48000",
        "apad=pad_len=4800; 52800",
        "adelay=100:all=1; 52800",
        "atrim=end_sample=1000; 1000",
      })
  void audio_isWhatLeavesTheFilter(String filter, long samples) throws Exception {
    Path file = directory.resolve("audio.wav");

    EncodingResult result = audio(file, filter);

    Duration expected = Duration.ofNanos(Math.round(samples / 48_000d * 1e9));
    assertThat(result.streams().get(0).duration()).isEqualTo(expected);
    assertThat(result.streams().get(0).sampleRate()).isEqualTo(48_000);
    assertThat(probe(file, "stream=duration_ts")).containsExactly(Long.toString(samples));
  }

  @ParameterizedTest
  @CsvSource({"apad", "aloop=-1:100", "amovie=x", "asetpts=0", "anullsink", "vlume=1"})
  void open_withAudioFilterThatDoesNotFit_isRefused(String filter) {
    Path file = directory.resolve("audio.wav");
    assertThatThrownBy(() -> audio(file, filter)).isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  private static VideoOptions.Builder options(String filter) {
    return VideoOptions.builder(64, 48, FRAMES).codec("mpeg4").filter(filter);
  }

  private static EncodingResult video(Path file, VideoOptions.Builder options) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options.build());
      encoder.openFile(file);
      for (int i = 0; i < FRAMES; i++) {
        video.addFrame(frame(i));
      }
      return encoder.finish();
    }
  }

  private static VideoFrame frame(int index) {
    byte[] pixels = new byte[64 * 48 * 3];
    Arrays.fill(pixels, (byte) (index * 9));
    return VideoFrame.of(PixelLayout.RGB24, 64, 48, pixels);
  }

  private static EncodingResult audio(Path file, String filter) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio =
          encoder.addAudio(
              AudioOptions.builder(48_000, 2).codec("pcm_s16le").filter(filter).build());
      encoder.openFile(file);
      for (int i = 0; i < 10; i++) {
        audio.addSamples(new float[2][4800]);
      }
      return encoder.finish();
    }
  }

  private static List<String> probe(Path file, String entries) throws Exception {
    return FfmpegCli.ffprobe(file, "-show_entries", entries, "-of", "csv=p=0").stream()
        .map(line -> line.replaceAll(",$", ""))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
