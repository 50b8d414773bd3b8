package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.accepted;
import static io.reelmux.ffmpeg.refusal.Refusals.audio;
import static io.reelmux.ffmpeg.refusal.Refusals.h264;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.reelmux.AudioOptions;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that do not exist, or that do not support the streams or the destination. */
class ContainerRefusalTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "mp5, mp4",
    "mkvv, mkv",
    "webn, webm",
    "matrsoka, matroska",
    "mp4é, mp4",
    "ogv_, ogv"
  })
  void openFile_mistypedFormat_refusedWithNearName(String wrong, String near) throws IOException {
    assertThat(Refusals.refusal(Encoder.builder(), wrong, ContainerRefusalTest::addVideo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown container '" + wrong + "'; did you mean ")
        .hasMessageContaining(near)
        .hasMessageContaining("usual ones: mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zzzzzzz", "http://x/y.mp4", "concat:", "file:x", "mp4,mov", "../x", "%d", "漢字"})
  void openFile_noSuchFormat_refused(String wrong) throws IOException {
    assertThat(Refusals.refusal(Encoder.builder(), wrong, ContainerRefusalTest::addVideo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown container '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hls", "dash", "segment", "stream_segment", "ssegment", "tee", "fifo", "image2",
        "image2pipe", "rtp", "rtsp", "rtp_mpegts", "sap", "hds", "smoothstreaming", "webm_chunk",
        "webm_dash_manifest", "mpjpeg", "null", "HLS"
      })
  void openFile_formatThatOpensOthers_refused(String format) throws IOException {
    assertThat(Refusals.refusal(Encoder.builder(), format, ContainerRefusalTest::addVideo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + format + "'")
        .hasMessageContaining("of its own");
  }

  @ParameterizedTest
  @CsvSource({"clip.m3u8, Output.segments", "clip.png, apng", "clip.jpg, mjpeg"})
  void openFile_formatThatOpensOthers_namesTheWayOut(String name, String wayOut)
      throws IOException {
    assertThat(openRefusal(name, 25)).contains(wayOut);
  }

  @Test
  void openFile_gifAbove50FramesASecond_refused() throws IOException {
    assertThat(openRefusal("clip.gif", 60))
        .contains("frame rate 60: container gif supports at most 50 frames a second");
  }

  @Test
  void openFile_gifOfOneFrameAnHour_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(64, 48, new FrameRate(1, 3600)).build());
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> encoder.openFile(directory.resolve("clip.gif")));
      assertThat(refusal.getMessage()).contains("container gif stores at most 65534 ticks");
    }
  }

  @ParameterizedTest
  @CsvSource({"rawvideo, mov", "a64multi, mkv"})
  void open_videoThatFfmpegCallsUnreadable_refused(String codec, String format) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(320, 200, 25).codec(codec).build());
      Path file = directory.resolve("clip." + format);
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> encoder.openFile(file));
      assertThat(refusal.getMessage()).contains("does not support").contains(codec);
      assertThat(file).doesNotExist();
    }
  }

  private String openRefusal(String name, int rate) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.of(64, 48, rate));
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class, () -> encoder.openFile(directory.resolve(name)));
      return String.valueOf(refusal.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"clip.m3u8, .m3u8", "clip.mpd, .mpd", "clip.png, .png", "clip.jpg, .jpg"})
  void openFile_extensionOfFormatThatOpensOthers_refused(String name, String extension) {
    assertThat(Refusals.refusalOfName(directory.resolve(name), ContainerRefusalTest::addVideo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + extension + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "clip, has no extension",
    "clip., has no extension",
    "clip.mp4.zzz, '.zzz'",
    "clip.mp5, mp4",
    "clip.mkvv, mkv",
    "clip.mp 4, '.mp 4'",
    "'clip.%04d', '.%04d'",
    ".mp4x, '.mp4x'"
  })
  void openFile_unknownExtension_refusedExplainingHowToNameTheFormat(String name, String part) {
    assertThat(Refusals.refusalOfName(directory.resolve(name), ContainerRefusalTest::addVideo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining(part)
        .hasMessageContaining("openFile(path, format)");
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, mov",
    "libvpx, mp4",
    "libvpx, mov",
    "libvpx, flv",
    "libaom-av1, mov",
    "libopenh264, webm",
    "libopenh264, ogg",
    "libopenh264, gif",
    "libopenh264, ivf",
    "mpeg4, webm",
    "mpeg4, flv",
    "mpeg4, h264",
    "ffv1, webm",
    "gif, mp4",
    "gif, webm",
    "mjpeg, webm",
    "libopenh264, wav",
    "libopenh264, mp3",
    "libopenh264, flac",
    "libopenh264, adts"
  })
  void open_videoThatDoesNotFit_refusedNamingBoth(String codec, String format) throws IOException {
    assertThat(video(format, video(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + format + "' does not support")
        .hasMessageContaining("video 0 (" + codec + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "libopus, mov",
    "libopus, m4a",
    "libopus, avi",
    "libopus, wav",
    "libopus, mp3",
    "flac, mov",
    "flac, m4a",
    "flac, webm",
    "aac, webm",
    "aac, ogg",
    "aac, mp3",
    "aac, flac",
    "aac, aiff",
    "aac, caf",
    "libmp3lame, webm",
    "libmp3lame, ogg",
    "libmp3lame, m4a",
    "libmp3lame, adts",
    "pcm_s16le, m4a",
    "pcm_s16le, flv",
    "pcm_s16le, webm",
    "pcm_s16le, ogg",
    "pcm_s16le, mp3",
    "pcm_s16le, flac",
    "ac3, webm",
    "ac3, ogg",
    "eac3, m4a",
    "eac3, caf",
    "alac, avi",
    "alac, wav",
    "alac, aiff",
    "mp2, flv",
    "aac, gif",
    "aac, h264"
  })
  void open_audioThatDoesNotFit_refusedNamingBoth(String codec, String format) throws IOException {
    assertThat(audio(format, audio(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + format + "' does not support")
        .hasMessageContaining("audio 0 (" + codec + ")")
        // the muxer's own message, not the encoder's
        .hasMessageNotContaining("[" + codec + " @");
  }

  @ParameterizedTest
  @CsvSource({
    "flac, ts, mpegts",
    "pcm_s16le, ts, mpegts",
    "pcm_f32le, ts, mpegts",
    "alac, ts, mpegts",
    "aac, mpeg, mpeg",
    "flac, avi, avi"
  })
  void open_audioThatNoReaderRecognizes_refused(String codec, String format, String muxer)
      throws IOException {
    assertThat(audio(format, audio(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + muxer + "' does not support audio 0 (" + codec + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, ts, mpegts",
    "libvpx, ts, mpegts",
    "ffv1, ts, mpegts",
    "gif, ts, mpegts",
    "mjpeg, ts, mpegts",
    "libvpx-vp9, mpeg, mpeg",
    "png, mpeg, mpeg",
    "gif, avi, avi",
    "prores_ks, avi, avi",
    "qtrle, avi, avi"
  })
  void open_videoThatNoReaderRecognizes_refused(String codec, String format, String muxer)
      throws IOException {
    assertThat(video(format, video(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + muxer + "' does not support video 0 (" + codec + ")");
  }

  @ParameterizedTest
  @CsvSource({"mp3, libmp3lame", "flac, flac", "wav, pcm_s16le"})
  void open_videoInAudioOnlyContainer_refused(String format, String audioCodec) throws IOException {
    Throwable refusal =
        Refusals.refusal(
            Encoder.builder(),
            format,
            encoder -> {
              encoder.addVideo(video("png").build());
              encoder.addAudio(audio(audioCodec).build());
            });

    assertThat(refusal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + format + "' does not support video 0 (png)");
  }

  @Test
  void open_oneStreamOfTwoDoesNotFit_refusedNamingThatOne() throws IOException {
    Throwable refusal =
        Refusals.refusal(
            Encoder.builder(),
            "webm",
            encoder -> {
              encoder.addVideo(video("libvpx-vp9").build());
              encoder.addAudio(audio("aac").build());
            });

    assertThat(refusal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0 (aac)")
        .hasMessageNotContaining("video 0");
  }

  @ParameterizedTest
  @CsvSource({"wav, pcm_s16le", "mp3, libmp3lame", "flac, flac", "adts, aac", "ac3, ac3"})
  void open_twoStreamsIntoContainerOfOne_refused(String format, String codec) throws IOException {
    Throwable refusal =
        Refusals.refusal(
            Encoder.builder(),
            format,
            encoder -> {
              encoder.addAudio(audio(codec).build());
              encoder.addAudio(audio(codec).build());
            });

    assertThat(refusal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + format + "' does not support");
  }

  @ParameterizedTest
  @CsvSource({"wav, video", "mp3, video", "flac, video", "gif, audio", "h264, audio"})
  void open_defaultCodecOfWrongKind_refused(String format, String kind) throws IOException {
    Throwable refusal =
        Refusals.refusal(
            Encoder.builder(),
            format,
            kind.equals("video") ? ContainerRefusalTest::addVideo : ContainerRefusalTest::addAudio);

    assertThat(refusal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + format + "' cannot hold " + kind);
  }

  @Test
  void open_afterRefusedContainer_otherContainerOpens() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(video("libvpx-vp9").build());
      ByteArrayOutput out = new ByteArrayOutput();
      for (String wrong : new String[] {"mov", "hls", "zzz", "wav"}) {
        assertThat(Assertions.catchThrowable(() -> encoder.openFileLike(out, wrong)))
            .isInstanceOf(IllegalArgumentException.class);
      }

      encoder.openFileLike(out, "webm");

      assertThat(encoder.finish().container()).isEqualTo("webm");
    }
  }

  /** FFmpeg fails at the first packet. */
  @ParameterizedTest
  @ValueSource(strings = {"webm", "mkv"})
  void openFileLike_headerThatComesLateOnStream_refusedWithAlternatives(String format)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(64, 64, 25).codec("libaom-av1").build());

      assertThat(Assertions.catchThrowable(() -> encoder.openFileLike(out, format)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("requires a destination that can seek for video 0 (libaom-av1)")
          .hasMessageContaining("another encoder of av1");
      assertThat(out.size()).isZero();

      encoder.openFileLike(out, "mp4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"avi", "aiff", "w64", "caf", "ivf"})
  void openFileLike_containerThatMustSeekOnStream_refusedWithAlternatives(String format)
      throws IOException {
    Consumer<Encoder> streams =
        format.equals("ivf")
            ? encoder -> encoder.addVideo(video("libvpx").build())
            : format.equals("avi")
                ? ContainerRefusalTest::addVideo
                : ContainerRefusalTest::addAudio;

    assertThat(Refusals.refusalOfStream(Encoder.builder(), format, streams))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + format + "'")
        .hasMessageContaining("SeekableByteChannel");
    accepted(Encoder.builder(), format, streams);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "webm", "flv", "flac", "mp3", "wav", "mp4", "mov"})
  void openFileLike_containerThatDegradesWithoutSeeking_noted(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      var stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(out, format);
      stream.addSamples(new float[2][48_000]);
      result = encoder.finish();
    }

    // others are on audio that players hear of the encoder
    assertThat(result.notes())
        .filteredOn(note -> note.contains("seek"))
        .hasSize(1)
        .allMatch(note -> note.contains(result.container()));
    assertThat(result.bytes()).isEqualTo(out.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "avi", "wav", "ts"})
  void container_fastStartOfOtherThanMp4_refused(String format) throws IOException {
    Encoder.Builder builder = Encoder.builder().container(ContainerMode.FAST_START);

    assertThat(Refusals.refusal(builder, format, ContainerRefusalTest::addAudio))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FAST_START")
        .hasMessageContaining("mp4, mov or m4a");
  }

  @Test
  void container_fastStartOnStream_refused() {
    Encoder.Builder builder = Encoder.builder().container(ContainerMode.FAST_START);

    assertThat(Refusals.refusalOfStream(builder, "mp4", ContainerRefusalTest::addAudio))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FAST_START requires a destination that can seek and be read");
  }

  @Test
  void container_plainOnStream_refused() {
    Encoder.Builder builder = Encoder.builder().container(ContainerMode.PLAIN);

    assertThat(Refusals.refusalOfStream(builder, "mp4", ContainerRefusalTest::addAudio))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PLAIN requires a destination that can seek");
  }

  @Test
  void open_h264EncoderOfThisBuild_fitsTheUsualContainers() throws IOException {
    for (String format : new String[] {"mp4", "mov", "mkv", "avi", "flv", "ts", "h264", "m4a"}) {
      accepted(Encoder.builder(), format, encoder -> encoder.addVideo(video(h264()).build()));
    }
  }

  private static void addAudio(Encoder encoder) {
    encoder.addAudio(AudioOptions.of(48_000, 2));
  }

  private static void addVideo(Encoder encoder) {
    encoder.addVideo(VideoOptions.of(64, 48, 25));
  }
}
