package io.reelmux.ffmpeg.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong on the first day: each message names the value, and the next step. */
class FirstContactTest {
  private static final byte[] PIXELS = new byte[64 * 48 * 3];

  @TempDir Path directory = Path.of("");

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(64, 48, 25);
  }

  private static VideoFrame frame() {
    return VideoFrame.of(PixelLayout.RGB24, 64, 48, PIXELS);
  }

  /** Opens a file, and returns the message of the refusal. */
  private String refusal(VideoOptions options, String file) {
    return message(
        () -> {
          try (Encoder encoder = Encoder.create()) {
            encoder.addVideo(options);
            encoder.openFile(directory.resolve(file));
            encoder.cancel();
          }
        });
  }

  private static String message(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isNotNull();
    return thrown.getMessage();
  }

  @ParameterizedTest
  @CsvSource({"H264, h264", "H.264, h264", "avc, h264", "AVC, h264", "Vp9, vp9"})
  void codec_inOthersSpelling_isUnderstood(String name, String codec) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options().codec(name).build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      video.addFrame(frame());
      StreamResult stream = encoder.finish().streams().get(0);
      assertThat(EncoderCatalog.load().encoder(stream.codec()).orElseThrow().codec())
          .isEqualTo(codec);
    }
  }

  @ParameterizedTest
  @CsvSource({"h265, libx265", "HEVC, libx265", "libx264, libx264", "x265, libx265"})
  void codec_ofTheGplBuild_namesTheArtifact(String name, String encoder) throws IOException {
    assumeFalse(EncoderCatalog.load().backend().contains("(GPL"));

    String message = refusal(options().codec(name).build(), "out.mkv");

    assertThat(message).contains(name, encoder, "add org.bytedeco:ffmpeg-platform-gpl");
  }

  @ParameterizedTest
  @CsvSource({
    "x264, libx264",
    "jpeg, mjpeg",
    "mpeg-4, did you mean mpeg4",
    "libx999, EncoderCatalog lists the encoders",
    "mp3, not a video codec: set it in AudioOptions"
  })
  void codec_unknown_suggestsNames(String name, String next) throws IOException {
    boolean gpl = EncoderCatalog.load().backend().contains("(GPL");

    String message = refusal(options().codec(name).build(), "out.mkv");

    assertThat(message)
        .contains("'" + name + "'")
        .contains(name.equals("x264") && !gpl ? "add org.bytedeco:ffmpeg-platform-gpl" : next);
  }

  @ParameterizedTest
  @CsvSource({
    "out.m3u8, Output.segments",
    "out.mpd, Output.segments",
    "out.png, apng (for .png)",
    "out.mp5, did you mean",
    "out, 'use openFile(path, format)'"
  })
  void file_ofNoContainer_saysWhatToDo(String file, String next) {
    assertThat(refusal(options().build(), file)).contains(next);
  }

  @Test
  void file_thatIsANetworkAddress_saysWhatToDo() {
    String message =
        message(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                encoder.addVideo(options().build());
                encoder.openFile(Path.of("rtmp://host/live"));
              }
            });

    assertThat(message)
        .contains("network addresses are not supported", "use openFileLike with its stream");
  }

  @Test
  void gpu_withoutDriver_saysWhatToInstall() throws IOException {
    assumeFalse(EncoderCatalog.load().unavailableReason(Device.cuda()).isEmpty());

    // without a device, FFmpeg itself says only "Operation not permitted"
    String message = refusal(options().codec("h264_nvenc").build(), "out.mkv");

    assertThat(message)
        .contains("h264_nvenc", "there is no NVIDIA driver", "install driver 610")
        .contains("EncoderCatalog.unavailableReason(Device.cuda())");
    assertThat(refusal(options().device(Device.cuda()).build(), "out.mkv"))
        .contains("cuda:0", "io.reelmux:encoder-cuda");
  }

  @Test
  void addFrame_withoutOpen_namesTheCalls() {
    String message =
        message(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                encoder.addVideo(options().build()).addFrame(frame());
              }
            });

    assertThat(message).contains("addFrame() was called before open", "call open(), openFile()");
  }

  @Test
  void buffers_ofAnotherSize_nameBoth() {
    assertThat(message(() -> VideoFrame.of(PixelLayout.RGB24, 64, 48, new byte[64 * 48 * 4])))
        .isEqualTo("RGB24 64x48 needs 9216 bytes, the buffer has 12288");
    assertThat(message(() -> AudioSamples.of(SampleLayout.S16_INTERLEAVED, 2, new byte[7])))
        .contains("has 7", "not a multiple");
  }

  @ParameterizedTest
  @CsvSource({"cpu_used, did you mean cpu-used", "film, EncoderCatalog lists its options"})
  void option_unknown_suggestsNames(String name, String next) {
    VideoOptions options = options().codec("libvpx-vp9").option(name, "1").build();

    assertThat(refusal(options, "out.webm"))
        .contains("unknown option '" + name + "' of encoder libvpx-vp9", next);
  }

  @Test
  void catalog_listsTheOptionsThatTheMessageLeadsTo() throws IOException {
    assertThat(EncoderCatalog.load().encoder("libvpx-vp9").orElseThrow().options())
        .anyMatch(option -> option.name().equals("cpu-used"));
    assertThat(EncoderCatalog.load().encoders(StreamKind.VIDEO)).isNotEmpty();
  }

  @Test
  void language_ofTwoLetters_suggestsThree() {
    assertThat(message(() -> AudioOptions.builder(48_000, 2).language("de")))
        .contains("'de'", "did you mean deu?");
    assertThat(List.of("deu", "eng"))
        .allSatisfy(code -> AudioOptions.builder(48_000, 2).language(code).build());
  }
}
