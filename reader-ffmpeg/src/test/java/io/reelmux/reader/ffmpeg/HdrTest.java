package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.HdrMetadata;
import io.reelmux.LibraryException;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.NativeFaults;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HDR metadata that the container states, and that only the codec's data state. */
@RequiresFfmpegCli
class HdrTest {
  private static final int FRAMES = 12;

  private static final HdrMetadata HDR = HdrMetadata.bt2020(0.005, 1000).withContentLight(800, 200);

  @TempDir private static Path folder;

  private static Path encode(String codec, String extension, ColorSpec color) throws Exception {
    assumeThat(EncoderCatalog.load().encoders(StreamKind.VIDEO))
        .anyMatch(encoder -> encoder.name().equals(codec));
    Path file = folder.resolve(codec + "-" + color.transfer() + "." + extension);
    VideoOptions options =
        VideoOptions.builder(128, 64, 25).codec(codec).color(color).bitDepth(10).hdr(HDR).build();
    int bytes = (int) PixelLayout.I420_10.frameBytes(128, 64);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int i = 0; i < FRAMES; i++) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(bytes);
        pixels.put(2 * i + 1, (byte) 1);
        video.addFrame(VideoFrame.of(PixelLayout.I420_10, 128, 64, pixels));
      }
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "libx265,hevc",
    "libx265,ts",
    "libx265,mp4",
    "libx265,mkv",
    "libsvtav1,ivf",
    "libsvtav1,mkv"
  })
  void hdr_whereverTheFileStatesIt_isReportedAndAllFramesAreRead(String codec, String extension)
      throws Exception {
    Path file = encode(codec, extension, ColorSpec.BT2020_PQ);

    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video()) {
      assertIsHdr(video);
      assertThat(count(video)).isEqualTo(FRAMES);
      assertThat(video.frame(FRAMES - 1).index()).isEqualTo(FRAMES - 1);
    }
  }

  /** What is read ahead of a source that cannot be read again is not lost. */
  @ParameterizedTest
  @CsvSource({"libx265,hevc", "libx265,ts"})
  void hdr_ofASourceThatIsReadOnce_isReportedAndAllFramesAreRead(String codec, String extension)
      throws Exception {
    Path file = encode(codec, extension, ColorSpec.BT2020_PQ);

    try (InputStream in = Files.newInputStream(file);
        MediaReader reader = MediaReader.open(ByteSource.streaming(in));
        VideoReader video = reader.video()) {
      assertIsHdr(video);
      assertThat(count(video)).isEqualTo(FRAMES);
    }
  }

  /** FFmpeg may report a failure once only. */
  @Test
  void hdr_readingAheadFails_isThrownByTheReader() throws Exception {
    Path file = encode("libx265", "hevc", ColorSpec.BT2020_PQ);
    int[] calls = {0};
    NativeFaults.inject(function -> function.equals("av_read_frame") && calls[0]++ == 0);

    try (InputStream in = Files.newInputStream(file);
        MediaReader reader = MediaReader.open(ByteSource.streaming(in));
        VideoReader video = reader.video()) {
      assertThatThrownBy(() -> count(video))
          .isInstanceOf(LibraryException.class)
          .hasMessageContaining("read a packet");
    } finally {
      NativeFaults.clear();
    }
  }

  /** The first frame is decoded only where HDR is likely. */
  @Test
  void hdr_ofAStreamThatStatesAnSdrTransfer_isTheContainersOnly() throws Exception {
    try (MediaReader raw = MediaReader.open(encode("libx265", "hevc", ColorSpec.BT709_LIMITED));
        MediaReader mp4 = MediaReader.open(encode("libx265", "mp4", ColorSpec.BT709_LIMITED))) {
      assertThat(raw.video().info().hdr()).isEmpty();
      assertThat(mp4.video().info().hdr()).isPresent();
    }
  }

  /** A key frame that cannot be decoded is the reader's to report. */
  @Test
  void open_ofADamagedFirstFrame_succeeds() throws Exception {
    byte[] bytes = Files.readAllBytes(encode("libx265", "ts", ColorSpec.BT2020_PQ));
    for (int i = 1000; i < bytes.length / 2; i++) {
      bytes[i] = i % 188 < 16 ? bytes[i] : (byte) (i * 31);
    }

    try (MediaReader reader = MediaReader.open(ByteSource.of(ByteBuffer.wrap(bytes)))) {
      assertThat(reader.info().streams()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"libx265,hevc", "libx265,ts"})
  void transcode_ofMetadataInTheFramesOnly_passesThemOn(String codec, String extension)
      throws Exception {
    Path target = folder.resolve(extension + "-again.mp4");

    TranscodeResult result =
        Transcoder.of(encode(codec, extension, ColorSpec.BT2020_PQ))
            .video(options -> options.codec("libx265"))
            .toFile(target);

    assertThat(result.encoding().notes()).isEmpty();
    assertThat(FfmpegCli.ffprobe(target, "-of", "default=nw=1", "-show_frames", "-show_streams"))
        .contains(
            "red_x=35400/50000",
            "max_luminance=10000000/10000",
            "min_luminance=50/10000",
            "max_content=800",
            "max_average=200");
  }

  private static void assertIsHdr(VideoReader video) {
    HdrMetadata read = video.info().hdr().orElseThrow();
    assertThat(read.maxLuminance()).isEqualTo(1000);
    assertThat(read.minLuminance()).isBetween(0.0049, 0.0051);
    assertThat(read.primaries().red().x()).isBetween(0.7079, 0.7081);
    assertThat(read.maxContentLightLevel()).hasValue(800);
    assertThat(read.maxFrameAverageLightLevel()).hasValue(200);
  }

  private static int count(VideoReader video) throws Exception {
    FrameCursor cursor = video.cursor();
    int count = 0;
    while (cursor.next()) {
      count++;
    }
    return count;
  }
}
