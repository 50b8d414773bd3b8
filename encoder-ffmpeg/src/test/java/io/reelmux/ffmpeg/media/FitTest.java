package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames of another size are fitted as requested, right to the pixel. */
class FitTest {
  private static final int SIDE = 64;
  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  private static VideoOptions.Builder options(String format, Fit fit) {
    return VideoOptions.builder(SIDE, SIDE, 25).codec("ffv1").pixelFormat(format).fit(fit);
  }

  private static VideoFrame rgb(int width, int height, IntBinaryOperator color) {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 0xFF000000 | color.applyAsInt(i % width, i / width);
    }
    return VideoFrame.ofArgb(width, height, pixels);
  }

  /** Codes of a color in BT.709, limited range. */
  private static int[] codes(int rgb) {
    return switch (rgb) {
      case RED -> new int[] {63, 102, 240};
      case GREEN -> new int[] {173, 42, 26};
      case BLUE -> new int[] {32, 240, 118};
      case WHITE -> new int[] {235, 128, 128};
      default -> throw new AssertionError(rgb);
    };
  }

  @ParameterizedTest
  @CsvSource({
    // frame, then the place of its content
    "40, 20, yuv444p, 0, 16, 64, 32",
    "20, 40, yuv444p, 16, 0, 32, 64",
    "30, 20, yuv444p, 0, 10, 64, 43",
    "30, 20, yuv420p, 0, 10, 64, 42",
    "20, 30, yuv420p, 10, 0, 42, 64",
    "128, 32, yuv420p, 0, 24, 64, 16",
    "1000, 2, yuv420p, 0, 30, 64, 2",
    "64, 64, yuv420p, 0, 0, 64, 64",
    "7, 7, yuv420p, 0, 0, 64, 64",
  })
  void contain_hasSharpBordersAroundTheContent(
      int width, int height, String format, int left, int top, int across, int down)
      throws IOException {
    DecodedFrame frame =
        Fixtures.roundTrip(
            options(format, Fit.CONTAIN).background(RED).build(),
            "mkv",
            rgb(width, height, (x, y) -> WHITE));

    int shift = format.equals("yuv420p") ? 1 : 0;
    for (int c = 0; c < 3; c++) {
      int s = c == 0 ? 0 : shift;
      for (int y = 0; y < (SIDE >> s); y++) {
        for (int x = 0; x < (SIDE >> s); x++) {
          boolean inside =
              x >= (left >> s)
                  && x < ((left + across) >> s)
                  && y >= (top >> s)
                  && y < ((top + down) >> s);
          assertThat(frame.value(c, x, y))
              .as("component %d at %d,%d", c, x, y)
              .isEqualTo(codes(inside ? WHITE : RED)[c]);
        }
      }
    }
  }

  @Test
  void contain_everyKindOfFrame_isPlaced() throws IOException {
    byte[] yuv = new byte[32 * 16 * 3 / 2];
    Arrays.fill(yuv, (byte) 128);
    for (String format : List.of("gray", "gray16le", "yuv420p", "yuv422p10le", "bgra", "bgr0")) {
      for (VideoFrame frame :
          List.of(
              rgb(32, 16, (x, y) -> WHITE),
              VideoFrame.of(PixelLayout.GRAY8, 32, 16, new byte[512]),
              VideoFrame.of(PixelLayout.I420, 32, 16, yuv))) {
        DecodedFrame decoded =
            Fixtures.roundTrip(
                options(format, Fit.CONTAIN).background(WHITE).build(), "mkv", frame);

        double white = decoded.value(0, 5, 3);
        double scale = 1 << (decoded.depth() - 8);
        int expected = format.startsWith("yuv") ? (int) (235 * scale) : (1 << decoded.depth()) - 1;
        assertThat(white).as(format + " " + frame.layout()).isEqualTo(expected);
        assertThat(decoded.value(0, 5, 60)).isEqualTo(expected);
        boolean dark = frame.layout() != rgb(1, 1, (x, y) -> 0).layout();
        assertThat(decoded.value(0, 30, 32) < expected).isEqualTo(dark);
      }
    }
  }

  @Test
  void cover_cutsBothSidesEvenly() throws IOException {
    VideoFrame stripes = rgb(160, 80, (x, y) -> x < 40 ? RED : x < 120 ? GREEN : BLUE);

    DecodedFrame frame = Fixtures.roundTrip(options("yuv444p", Fit.COVER).build(), "mkv", stripes);

    for (int c = 0; c < 3; c++) {
      for (int x = 0; x < SIDE; x++) {
        assertThat(frame.value(c, x, 9)).isEqualTo(codes(GREEN)[c]);
      }
    }
    VideoFrame rows = rgb(64, 192, (x, y) -> y < 64 ? RED : y < 128 ? WHITE : BLUE);
    frame = Fixtures.roundTrip(options("yuv420p", Fit.COVER).build(), "mkv", rows);
    for (int y = 0; y < SIDE; y++) {
      assertThat(frame.value(0, 30, y)).isEqualTo(235);
      assertThat(frame.value(1, 15, y / 2)).isEqualTo(128);
    }
  }

  @Test
  void stretch_showsTheWholeFrame() throws IOException {
    VideoFrame halves = rgb(20, 60, (x, y) -> x < 10 ? WHITE : RED);

    DecodedFrame frame = Fixtures.roundTrip(options("yuv444p", Fit.STRETCH).build(), "mkv", halves);

    assertThat(frame.value(0, 1, 1)).isEqualTo(235);
    assertThat(frame.value(0, 1, 62)).isEqualTo(235);
    assertThat(frame.value(2, 62, 62)).isEqualTo(240);
  }

  @Test
  void sizesThatChange_areEachFitted() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options("yuv420p", Fit.CONTAIN).build());
      encoder.openFileLike(output, "mkv");
      for (int i = 0; i < 40; i++) {
        int width = 8 + 8 * (i % 7);
        video.addFrame(rgb(width, 64, (x, y) -> WHITE));
      }
      encoder.finish();
    }

    List<DecodedFrame> frames = MediaReader.read(output.toByteArray()).video(0).frames();
    assertThat(frames).hasSize(40);
    for (int i = 0; i < 40; i++) {
      int content = 8 + 8 * (i % 7);
      int white = 0;
      for (int x = 0; x < SIDE; x++) {
        white += frames.get(i).value(0, x, 20) == 235 ? 1 : 0;
      }
      assertThat(white).isEqualTo(content);
    }
  }

  @Test
  void deny_otherSize_isRefusedAndTheEncoderStaysOpen() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options("yuv420p", Fit.DENY).build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");

      assertThatThrownBy(() -> video.addFrame(rgb(64, 32, (x, y) -> RED)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "frame of 64x32: the stream accepts 64x64; VideoOptions.fit accepts any size, for"
                  + " frames in host memory");
      video.addFrame(rgb(64, 64, (x, y) -> RED));
      assertThat(encoder.finish().streams().get(0).framesIn()).isEqualTo(1);
    }
  }
}
