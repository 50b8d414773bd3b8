package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each frame of a GIF has a palette of its own colors, read back by the installed ffmpeg. */
@RequiresFfmpegCli
class GifPaletteTest {
  private static final int WIDTH = 140;
  private static final int HEIGHT = 40;
  private static final int FRAMES = 5;
  private static final int[] COLORS = {
    0xFF0000, 0x00FF00, 0x123456, 0xFEDCBA, 0x777777, 0x000000, 0xFFFFFF
  };

  @TempDir private Path folder;

  /** A color of a frame: bars that move, or a ramp. */
  private interface Colors {
    int at(int frame, int x, int y);
  }

  private static int bars(int frame, int x, int y) {
    return COLORS[(x / 20 + frame) % COLORS.length];
  }

  private static int ramp(int frame, int x, int y) {
    return (x * 255 / WIDTH << 16) | (y * 255 / HEIGHT << 8) | (frame * 40);
  }

  private static byte[] pixels(Colors colors, int frame) {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int color = colors.at(frame, x, y);
        int at = (y * WIDTH + x) * 3;
        rgb[at] = (byte) (color >> 16);
        rgb[at + 1] = (byte) (color >> 8);
        rgb[at + 2] = (byte) color;
      }
    }
    return rgb;
  }

  private EncodingResult encode(VideoOptions options, Path file, Colors colors) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < FRAMES; n++) {
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, pixels(colors, n)));
      }
      return encoder.finish();
    }
  }

  private byte[] decoded(Path file) throws Exception {
    Path raw = folder.resolve("decoded.rgb");
    FfmpegCli.ffmpeg("-i", file.toString(), "-f", "rawvideo", "-pix_fmt", "rgb24", raw.toString());
    return Files.readAllBytes(raw);
  }

  /** Palettes have eight bits of each color. */
  @Test
  void addFrame_bitDepthOfPalettes_keepsColors() throws Exception {
    Path file = folder.resolve("depth.gif");
    VideoOptions options = VideoOptions.builder(WIDTH, HEIGHT, 20).bitDepth(8).build();

    EncodingResult result = encode(options, file, GifPaletteTest::bars);

    assertThat(result.streams().get(0).format()).isEqualTo("pal8");
    assertThat(worst(decoded(file), GifPaletteTest::bars, x -> x)).isLessThanOrEqualTo(1);
  }

  /** What a color says of Y'CbCr frames does not choose a fixed palette. */
  @ParameterizedTest
  @MethodSource("colors")
  void color_ofTheStream_keepsPalettes(ColorSpec color) throws Exception {
    Path file = folder.resolve("color.gif");
    VideoOptions options = VideoOptions.builder(WIDTH, HEIGHT, 20).color(color).build();

    EncodingResult result = encode(options, file, GifPaletteTest::bars);

    assertThat(result.streams().get(0).format()).isEqualTo("pal8");
    assertThat(result.notes()).noneMatch(note -> note.contains("FFmpeg reported"));
    assertThat(worst(decoded(file), GifPaletteTest::bars, x -> x)).isLessThanOrEqualTo(1);
  }

  static List<ColorSpec> colors() {
    return List.of(
        ColorSpec.BT709_LIMITED,
        ColorSpec.BT601_FULL,
        ColorSpec.BT601_PAL_LIMITED,
        ColorSpec.BT2020_PQ);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void end_ofFramesWithTheirOwnTimes_isKept(boolean atEnd) throws Exception {
    Path file = folder.resolve("end.gif");
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 20).variableFrameRate(true).build());
      encoder.openFile(file);
      for (int n = 0; n < 3; n++) {
        VideoFrame frame =
            VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, pixels(GifPaletteTest::bars, n))
                .withPts(Duration.ofMillis(n * 100L));
        video.addFrame(atEnd || n < 2 ? frame : frame.withDuration(Duration.ofMillis(1300)));
      }
      if (atEnd) {
        video.end(Duration.ofMillis(1500));
      }
      result = encoder.finish();
    }

    assertThat(result.duration()).isEqualTo(Duration.ofMillis(1500));
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time,duration_time"))
        .containsExactly("0.000000,0.100000", "0.100000,0.100000", "0.200000,1.300000");
    assertThat(result.notes()).isEmpty();
  }

  /** The filter that makes palettes is not the caller's: times are refused as without one. */
  @ParameterizedTest
  @CsvSource({
    "103, 'PT0.103S and the frame before, at PT0.1S, share a time in container gif'",
    "700000, 'PT11M40S is PT11M39.9S after the frame before: container gif stores at most'"
  })
  void addFrame_timeThatAGifDoesNotStore_isRefusedBeforeTheFilter(long millis, String words)
      throws Exception {
    Path file = folder.resolve("refused.gif");
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 20).variableFrameRate(true).build());
      encoder.openFile(file);
      video.addFrame(timed(0));
      video.addFrame(timed(100));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.addFrame(timed(millis)))
          .withMessageContaining(words);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.addFrame(timed(200).withDuration(Duration.ofSeconds(656))))
          .withMessageContaining("a duration of PT10M56S is too long");
      video.addFrame(timed(600_000));
      video.end(Duration.ofSeconds(900));
      result = encoder.finish();
    }

    assertThat(result.notes()).isEmpty();
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time,duration_time"))
        .containsExactly("0.000000,0.100000", "0.100000,599.900000", "600.000000,300.000000");
  }

  private static VideoFrame timed(long millis) {
    return VideoFrame.of(
            PixelLayout.RGB24, WIDTH, HEIGHT, pixels(GifPaletteTest::bars, (int) (millis % 7)))
        .withPts(Duration.ofMillis(millis));
  }

  /** It would fail at the last frame, which lasts so long unless something else is said. */
  @Test
  void openFile_ratesWhoseFramesAGifDoesNotStore_areRefused() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 0.001).variableFrameRate(true).build());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.openFile(folder.resolve("slow.gif")))
          .withMessageContaining("a duration of PT16M40S is too long: container gif");
    }
  }

  /** A delay has 16 bits of hundredths of a second. */
  @Test
  void end_beyondWhatADelayHolds_isRefused() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 20).variableFrameRate(true).build());
      encoder.openFile(folder.resolve("long.gif"));
      video.addFrame(
          VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, pixels(GifPaletteTest::bars, 0)));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.end(Duration.ofSeconds(656)))
          .withMessageContaining("container gif stores at most PT10M55.34S");
    }
  }

  @Test
  void end_behindFiltersOfTheCaller_isRefusedWithTheWayOut() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, 20)
                  .variableFrameRate(true)
                  .filter("hflip")
                  .build());
      encoder.openFile(folder.resolve("refused.gif"));
      video.addFrame(
          VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, pixels(GifPaletteTest::bars, 0)));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.end(Duration.ofSeconds(1)))
          .withMessageContaining("VideoFrame.withDuration");
    }
  }

  @Test
  void addFrame_fewColors_areKept() throws Exception {
    Path file = folder.resolve("bars.gif");

    EncodingResult result = encode(VideoOptions.of(WIDTH, HEIGHT, 20), file, GifPaletteTest::bars);

    assertThat(result.streams().get(0).format()).isEqualTo("pal8");
    assertThat(result.notes()).isEmpty();
    assertThat(worst(decoded(file), GifPaletteTest::bars, x -> x)).isLessThanOrEqualTo(1);
  }

  @Test
  void filter_behindIt_framesHavePalettesToo() throws Exception {
    Path file = folder.resolve("flipped.gif");
    VideoOptions options = VideoOptions.builder(WIDTH, HEIGHT, 20).filter("hflip").build();

    encode(options, file, GifPaletteTest::bars);

    assertThat(worst(decoded(file), GifPaletteTest::bars, x -> WIDTH - 1 - x))
        .isLessThanOrEqualTo(1);
  }

  @Test
  void outputSize_twice_isScaledBeforeThePalette() throws Exception {
    Path file = folder.resolve("twice.gif");
    VideoOptions options =
        VideoOptions.builder(WIDTH, HEIGHT, 20).outputSize(2 * WIDTH, 2 * HEIGHT).build();

    EncodingResult result = encode(options, file, (frame, x, y) -> COLORS[frame]);

    assertThat(result.streams().get(0).format()).isEqualTo("pal8");
    assertThat(result.notes()).isEmpty();
    byte[] decoded = decoded(file);
    assertThat(decoded).hasSize(FRAMES * 2 * WIDTH * 2 * HEIGHT * 3);
    for (int i = 0; i < decoded.length; i++) {
      int expected = COLORS[i / (decoded.length / FRAMES)] >> (16 - 8 * (i % 3)) & 0xFF;
      assertThat((decoded[i] & 0xFF) - expected).isBetween(-1, 1);
    }
  }

  @Test
  void alpha_kept_isOpaqueOrTransparent() throws Exception {
    Path file = folder.resolve("alpha.gif");
    VideoOptions options = VideoOptions.builder(WIDTH, HEIGHT, 20).alpha(AlphaMode.KEEP).build();
    int[] alphas = {0x00, 0x60, 0xA0, 0xFF};
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < FRAMES; n++) {
        int[] argb = new int[WIDTH * HEIGHT];
        for (int i = 0; i < argb.length; i++) {
          // a quarter of each frame per alpha, moved by one from frame to frame
          argb[i] = alphas[(i % WIDTH / 35 + n) % 4] << 24 | 0x336699;
        }
        video.addFrame(VideoFrame.ofArgb(WIDTH, HEIGHT, argb));
      }
      result = encoder.finish();
    }

    assertThat(result.notes())
        .singleElement()
        .asString()
        .contains("becomes opaque, and less becomes transparent");
    Path raw = folder.resolve("alpha.raw");
    FfmpegCli.ffmpeg("-i", file.toString(), "-f", "rawvideo", "-pix_fmt", "rgba", raw.toString());
    byte[] rgba = Files.readAllBytes(raw);
    assertThat(rgba).hasSize(FRAMES * WIDTH * HEIGHT * 4);
    for (int i = 0; i < rgba.length / 4; i++) {
      int alpha = alphas[(i % WIDTH / 35 + i / (WIDTH * HEIGHT)) % 4];
      assertThat(rgba[4 * i + 3] & 0xFF).as("pixel " + i).isEqualTo(alpha < 0x80 ? 0 : 0xFF);
      if (alpha >= 0x80) {
        assertThat((rgba[4 * i + 1] & 0xFF) - 0x66).isBetween(-1, 1);
      }
    }
  }

  @Test
  void fit_contained_hasItsBackground() throws Exception {
    Path file = folder.resolve("contained.gif");
    VideoOptions options =
        VideoOptions.builder(WIDTH, HEIGHT, 20)
            .outputSize(WIDTH, 2 * HEIGHT)
            .fit(Fit.CONTAIN)
            .background(0x0000FF)
            .build();

    encode(options, file, (frame, x, y) -> 0xFF0000);

    byte[] decoded = decoded(file);
    int middle = (HEIGHT * WIDTH + WIDTH / 2) * 3;
    assertThat(Arrays.copyOf(decoded, 3)).containsExactly(0, 0, 0xFF);
    assertThat(Arrays.copyOfRange(decoded, middle, middle + 3)).containsExactly(0xFF, 0, 0);
  }

  @Test
  void addFrame_manyColors_areNearerThanInTheFixedPalette() throws Exception {
    Path own = folder.resolve("own.gif");
    Path fixed = folder.resolve("fixed.gif");

    encode(VideoOptions.of(WIDTH, HEIGHT, 20), own, GifPaletteTest::ramp);
    encode(
        VideoOptions.builder(WIDTH, HEIGHT, 20).pixelFormat("rgb8").build(),
        fixed,
        GifPaletteTest::ramp);

    double better = psnr(decoded(own)) - psnr(decoded(fixed));
    assertThat(better).isGreaterThan(6);
  }

  @Test
  void pts_ofUnevenFrames_areKept() throws Exception {
    Path file = folder.resolve("uneven.gif");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 20).variableFrameRate(true).build());
      encoder.openFile(file);
      for (int n = 0; n < 3; n++) {
        VideoFrame frame =
            VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, pixels(GifPaletteTest::bars, n));
        video.addFrame(frame.withPts(Duration.ofMillis(n * n * 100L)));
      }
    }

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time"))
        .containsExactly("0.000000", "0.100000", "0.400000");
  }

  private static int worst(byte[] decoded, Colors colors, IntUnaryOperator column) {
    assertThat(decoded).hasSize(FRAMES * WIDTH * HEIGHT * 3);
    int worst = 0;
    for (int n = 0; n < FRAMES; n++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int expected = colors.at(n, column.applyAsInt(x), y);
          int at = ((n * HEIGHT + y) * WIDTH + x) * 3;
          for (int c = 0; c < 3; c++) {
            int difference = (decoded[at + c] & 0xFF) - (expected >> (16 - 8 * c) & 0xFF);
            worst = Math.max(worst, Math.abs(difference));
          }
        }
      }
    }
    return worst;
  }

  private static double psnr(byte[] decoded) {
    double sum = 0;
    for (int n = 0; n < FRAMES; n++) {
      byte[] expected = pixels(GifPaletteTest::ramp, n);
      for (int i = 0; i < expected.length; i++) {
        double difference = (decoded[n * expected.length + i] & 0xFF) - (expected[i] & 0xFF);
        sum += difference * difference;
      }
    }
    return 10 * Math.log10(255.0 * 255 * decoded.length / sum);
  }
}
