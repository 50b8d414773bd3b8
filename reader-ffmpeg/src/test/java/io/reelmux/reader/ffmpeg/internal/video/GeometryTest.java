package io.reelmux.reader.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ColorSpec;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.reader.Conversion;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotation, flips, crops and sizes against a plain computation. */
@ExtendWith(LeakCheck.class)
class GeometryTest {

  private record Case(
      String format, int width, int height, int rotation, boolean flipped, boolean cropped) {

    VideoInfo info(ColorSpec color) {
      return Infos.of(format, width, height, color, rotation, flipped);
    }

    int shownWidth() {
      return rotation % 180 == 0 ? width : height;
    }

    int shownHeight() {
      return rotation % 180 == 0 ? height : width;
    }

    /** The decoded column and row of what is shown at a place. */
    int[] decoded(int x, int y) {
      int[] at =
          switch (rotation) {
            case 90 -> new int[] {y, height - 1 - x};
            case 180 -> new int[] {width - 1 - x, height - 1 - y};
            case 270 -> new int[] {width - 1 - y, x};
            default -> new int[] {x, y};
          };
      return new int[] {flipped ? width - 1 - at[0] : at[0], at[1]};
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String format : List.of("yuv420p", "yuv422p", "nv12", "gbrp")) {
      for (int rotation = 0; rotation < 360; rotation += 90) {
        for (boolean flipped : new boolean[] {false, true}) {
          for (boolean cropped : new boolean[] {false, true}) {
            boolean even = cropped == flipped;
            cases.add(new Case(format, even ? 34 : 33, even ? 22 : 21, rotation, flipped, cropped));
          }
        }
      }
    }
    return cases;
  }

  private static Pixels noise(String format, int width, int height) throws IOException {
    Random random = new Random(11);
    Pixels pixels = Pixels.of(format, width, height);
    return pixels.fill((c, x, y) -> random.nextInt(1 << pixels.depth(c)));
  }

  private static Pixels smooth(String format, int width, int height) throws IOException {
    Pixels pixels = Pixels.of(format, width, height);
    int unit = 1 << (pixels.depth(0) - 8);
    return pixels.fill(
        (c, x, y) -> {
          double column = (double) x / pixels.columns(c);
          double row = (double) y / pixels.rows(c);
          return unit * (128 + 30 * Math.sin(5 * column + c) + 20 * Math.cos(4 * row - c));
        });
  }

  private static ColorSpec color(String format) {
    return format.startsWith("g") ? ColorSpec.BT709_FULL : ColorSpec.BT709_LIMITED;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void turnsAndCrops_ofEveryKind_areExact(Case test) throws IOException {
    int left = test.cropped ? 5 : 0;
    int top = test.cropped ? 3 : 0;
    int width = test.cropped ? 11 : test.shownWidth();
    int height = test.cropped ? 14 : test.shownHeight();
    try (Pixels pixels = noise(test.format, test.width, test.height)) {
      Reference reference = new Reference(pixels, color(test.format));
      for (PixelLayout layout :
          List.of(
              PixelLayout.RGB24,
              PixelLayout.RGB_PLANAR,
              PixelLayout.RGBA,
              PixelLayout.GRAY8,
              PixelLayout.RGB_F32)) {
        VideoOutput output = VideoOutput.of(layout);
        output = test.cropped ? output.crop(left, top, width, height) : output;

        Rendered rendered = Infos.render(output, test.info(color(test.format)), pixels.struct());

        assertThat(rendered.width()).isEqualTo(width);
        assertThat(rendered.height()).isEqualTo(height);
        double worst = 0;
        boolean rgbGray = layout.isGray() && test.format.equals("gbrp");
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            int[] at = test.decoded(left + x, top + y);
            double[] expected = reference.rgba(at[0], at[1]);
            double gray = rgbGray ? luma(expected) : Reference.clip(reference.luma(at[0], at[1]));
            for (int c = 0; c < (layout.isGray() ? 1 : 3); c++) {
              double exact = (layout.isGray() ? gray : expected[c]) * rendered.max();
              worst = Math.max(worst, Math.abs(rendered.rgba(c, x, y) - exact));
            }
          }
        }
        assertThat(worst).as("%s", layout).isLessThan(layout.isFloat() ? 2e-5 : 1);
      }
    }
  }

  private static double luma(double[] rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  @ParameterizedTest
  @MethodSource("cases")
  void turnsAndCrops_ofYuv_moveSamples(Case test) throws IOException {
    boolean chroma = test.format.equals("yuv420p") || test.format.equals("nv12");
    VideoOutput output = VideoOutput.of(PixelLayout.NV12);
    int left = test.cropped ? 4 : 0;
    int top = test.cropped ? 6 : 0;
    int width = test.cropped ? 11 : test.shownWidth();
    int height = test.cropped ? 14 : test.shownHeight();
    output = test.cropped ? output.crop(left, top, width, height) : output;
    try (Pixels pixels = noise(test.format, test.width, test.height)) {
      Reference reference = new Reference(pixels, color(test.format));

      Rendered rendered = Infos.render(output, test.info(color(test.format)), pixels.struct());

      double worst = 0;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int[] at = test.decoded(left + x, top + y);
          boolean limited = color(test.format).equals(ColorSpec.BT709_LIMITED);
          boolean rgb = test.format.equals("gbrp");
          double luma = rgb ? luma(reference.rgba(at[0], at[1])) : reference.luma(at[0], at[1]);
          double code = limited ? 16 + 219 * luma : 255 * luma;
          worst = Math.max(worst, Math.abs(rendered.yuv(0, x, y) - code));
        }
      }
      assertThat(worst).isLessThan(1);
      boolean even = (test.width & 1) == 0 && (test.rotation == 0 && !test.flipped);
      if (chroma && even) {
        assertThat(rendered.yuv(1, 2, 3)).isEqualTo(pixels.get(1, left / 2 + 2, top / 2 + 3));
        assertThat(rendered.yuv(2, 4, 5)).isEqualTo(pixels.get(2, left / 2 + 4, top / 2 + 5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sizes_areThoseOfTheTurnedFrame(Case test) throws IOException {
    ColorSpec color = color(test.format);
    VideoOutput output = VideoOutput.of(PixelLayout.RGB_PLANAR).size(16, 12, Fit.STRETCH);
    output = test.cropped ? output.crop(5, 3, 13, 15) : output;
    VideoOutput asIs = VideoOutput.of(PixelLayout.RGB_PLANAR);
    try (Pixels pixels = smooth(test.format, test.width, test.height);
        Pixels turned = Pixels.of("gbrp", test.shownWidth(), test.shownHeight())) {
      Rendered shown = Infos.render(asIs, test.info(color), pixels.struct());
      turned.fill((c, x, y) -> shown.rgba(c, x, y));
      VideoInfo plain =
          Infos.of("gbrp", test.shownWidth(), test.shownHeight(), ColorSpec.BT709_FULL);

      Rendered expected = Infos.render(output, plain, turned.struct());
      Rendered rendered = Infos.render(output, test.info(color), pixels.struct());

      double sum = 0;
      for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 16; x++) {
          for (int c = 0; c < 3; c++) {
            sum += Math.abs(rendered.rgba(c, x, y) - expected.rgba(c, x, y));
          }
        }
      }
      assertThat(sum / (3 * 16 * 12)).isLessThan(0.8);
    }
  }

  @Test
  void sizes_ofASmoothFrame_areThatFrame() throws IOException {
    try (Pixels pixels =
        Pixels.of("yuv420p", 128, 96).fill((c, x, y) -> c == 0 ? 40 + x + y / 2.0 : 128)) {
      Reference reference = new Reference(pixels, ColorSpec.BT709_LIMITED);
      for (int[] size : new int[][] {{64, 48}, {33, 31}, {200, 150}}) {
        VideoOutput output = VideoOutput.of(PixelLayout.RGB24).size(size[0], size[1], Fit.STRETCH);

        Rendered rendered =
            Infos.render(
                output, Infos.of("yuv420p", 128, 96, ColorSpec.BT709_LIMITED), pixels.struct());

        for (int y = 4; y < size[1] - 4; y++) {
          for (int x = 4; x < size[0] - 4; x++) {
            double column = (x + 0.5) * 128 / size[0] - 0.5;
            double row = (y + 0.5) * 96 / size[1] - 0.5;
            double luma = (40 + column + row / 2 - 16) / 219;
            assertThat(rendered.rgba(1, x, y)).isBetween(255 * luma - 2, 255 * luma + 2);
          }
        }
        assertThat(reference.rgba(0, 0)[0] * 255).isBetween(27.0, 29.0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void contain_hasBlackMargins(PixelLayout layout) throws IOException {
    if (layout.isPremultiplied()) {
      return;
    }
    for (int[] size : new int[][] {{40, 20}, {20, 40}, {41, 19}}) {
      for (ColorSpec color : List.of(ColorSpec.BT709_LIMITED, ColorSpec.BT709_FULL)) {
        try (Pixels pixels = Pixels.of("yuv444p", 20, 20).fill((c, x, y) -> c == 0 ? 200 : 128)) {
          VideoOutput output = VideoOutput.of(layout).size(size[0], size[1], Fit.CONTAIN);

          Rendered rendered =
              Infos.render(output, Infos.of("yuv444p", 20, 20, color), pixels.struct());

          boolean full = color.range() == ColorSpec.Range.FULL;
          int lastX = size[0] - 1;
          int lastY = size[1] - 1;
          double unit = (rendered.max() + 1) / 256;
          for (int[] at : new int[][] {{0, 0}, {lastX, lastY}, {lastX, 0}, {0, lastY}}) {
            if (layout.isYuv()) {
              int cx = at[0] / layout.chromaColumns();
              int cy = at[1] / layout.chromaRows();
              assertThat(rendered.yuv(0, at[0], at[1])).isEqualTo(full ? 0 : 16 * unit);
              assertThat(rendered.yuv(1, cx, cy)).isEqualTo(128 * unit);
              assertThat(rendered.yuv(2, cx, cy)).isEqualTo(128 * unit);
            } else {
              assertThat(rendered.rgba(0, at[0], at[1])).isZero();
              assertThat(rendered.rgba(3, at[0], at[1])).isEqualTo(rendered.max());
            }
          }
          double middle =
              layout.isYuv()
                  ? rendered.yuv(0, size[0] / 2, size[1] / 2) / unit
                  : rendered.rgba(0, size[0] / 2, size[1] / 2) / rendered.max() * 255;
          double gray = full ? 200 : (200 - 16) * 255 / 219.0;
          assertThat(middle).isBetween((layout.isYuv() ? 200 : gray) - 1, gray + 1);
        }
      }
    }
  }

  @Test
  void cover_showsTheMiddle() throws IOException {
    try (Pixels pixels = Pixels.of("gbrp", 40, 20).fill((c, x, y) -> 5 * x)) {
      VideoOutput output = VideoOutput.of(PixelLayout.GRAY8).size(20, 20, Fit.COVER);

      Rendered rendered =
          Infos.render(output, Infos.of("gbrp", 40, 20, ColorSpec.BT709_FULL), pixels.struct());

      assertThat(rendered.rgba(0, 0, 5)).isEqualTo(50);
      assertThat(rendered.rgba(0, 19, 5)).isEqualTo(145);
    }
  }

  @Test
  void deny_ofAnotherAspect_isRefused() {
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24).size(100, 100, Fit.DENY);
    VideoInfo info = Infos.of("yuv420p", 64, 48, ColorSpec.BT709_LIMITED);

    assertThatThrownBy(() -> FrameRenderer.open(output, info))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "size 100x100 has another aspect ratio than the frames of 64x48: use Fit.CONTAIN,"
                + " COVER or STRETCH");
  }

  @Test
  void deny_ofTheSameAspect_scales() throws IOException {
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24).size(32, 24, Fit.DENY);

    try (FrameRenderer renderer =
        FrameRenderer.open(output, Infos.of("yuv420p", 64, 48, ColorSpec.BT709_LIMITED))) {
      assertThat(renderer.width()).isEqualTo(32);
      assertThat(renderer.height()).isEqualTo(24);
    }
  }

  @Test
  void crop_beyondTheTurnedFrame_isRefused() {
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24).crop(0, 0, 64, 48);
    VideoInfo info = Infos.of("yuv420p", 64, 48, ColorSpec.BT709_LIMITED, 90, false);

    assertThatThrownBy(() -> FrameRenderer.open(output, info))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("crop of 64x48 at 0,0 exceeds the frames of 48x64");
  }

  @Test
  void keepRotation_leavesFramesAsDecoded() throws IOException {
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24).keepRotation();
    VideoInfo info = Infos.of("gbrp", 34, 22, ColorSpec.BT709_FULL, 90, true);
    try (Pixels pixels = noise("gbrp", 34, 22)) {
      Rendered rendered = Infos.render(output, info, pixels.struct());

      assertThat(rendered.width()).isEqualTo(34);
      assertThat(rendered.rgba(0, 33, 21)).isEqualTo(pixels.get(0, 33, 21));
    }
  }

  @Test
  void fast_turned_isTurned() throws IOException {
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24).conversion(Conversion.FAST);
    try (Pixels pixels =
        Pixels.of("yuv420p", 64, 32).fill((c, x, y) -> c == 0 ? 40 + x + 2 * y : 128)) {
      Rendered rendered =
          Infos.render(
              output,
              Infos.of("yuv420p", 64, 32, ColorSpec.BT709_LIMITED, 90, false),
              pixels.struct());

      // shown at 3,10: decoded at 10,28
      double luma = (40 + 10 + 2 * 28 - 16) * 255 / 219.0;
      assertThat(rendered.rgba(1, 3, 10)).isBetween(luma - 2, luma + 2);
    }
  }
}
