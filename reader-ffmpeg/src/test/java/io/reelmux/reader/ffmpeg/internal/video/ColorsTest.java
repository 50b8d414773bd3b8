package io.reelmux.reader.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.reader.Conversion;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colors against the formulas of the standards. */
@ExtendWith(LeakCheck.class)
class ColorsTest {

  private record Case(ColorSpec color, String format, int width, int height) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (ColorSpec.Matrix matrix : ColorSpec.Matrix.values()) {
      for (ColorSpec.Range range : ColorSpec.Range.values()) {
        ColorSpec color =
            new ColorSpec(matrix, range, ColorSpec.Primaries.BT709, ColorSpec.Transfer.BT709);
        for (String format : List.of("yuv420p", "yuv422p", "yuv444p")) {
          for (String depth : List.of("", "10le")) {
            for (int[] size : new int[][] {{34, 22}, {33, 21}, {17, 3}}) {
              cases.add(new Case(color, format + depth, size[0], size[1]));
            }
          }
        }
      }
    }
    return cases;
  }

  /** Frames of any codes, those that no camera gives among them. */
  private static Pixels noise(Case test) throws IOException {
    Random random = new Random(7);
    Pixels pixels = Pixels.of(test.format, test.width, test.height);
    return pixels.fill((c, x, y) -> random.nextInt(1 << pixels.depth(c)));
  }

  /** Where chroma is if neither frame nor stream say so. */
  private static Reference reference(Pixels pixels, Case test) {
    boolean top =
        test.color.matrix() == ColorSpec.Matrix.BT2020 && test.format.startsWith("yuv420");
    return new Reference(pixels, test.color, 0, top ? 0 : 0.5);
  }

  private static double worst(Rendered rendered, Reference reference, int components) {
    double worst = 0;
    for (int y = 0; y < rendered.height(); y++) {
      for (int x = 0; x < rendered.width(); x++) {
        double[] expected = reference.rgba(x, y);
        for (int c = 0; c < components; c++) {
          double exact = expected[c] * rendered.max();
          worst = Math.max(worst, Math.abs(rendered.rgba(c, x, y) - exact));
        }
      }
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exact_ofEveryMatrixRangeDepthAndSize_isTheFormula(Case test) throws IOException {
    try (Pixels pixels = noise(test)) {
      Reference reference = reference(pixels, test);
      var info = Infos.of(test.format, test.width, test.height, test.color);

      Rendered bytes = Infos.render(VideoOutput.of(PixelLayout.RGB_PLANAR), info, pixels.struct());
      Rendered words =
          Infos.render(VideoOutput.of(PixelLayout.RGB48_PLANAR), info, pixels.struct());
      Rendered floats =
          Infos.render(VideoOutput.of(PixelLayout.RGB_PLANAR_F32), info, pixels.struct());

      assertThat(worst(bytes, reference, 3)).isLessThan(1);
      assertThat(worst(words, reference, 3)).isLessThan(2);
      assertThat(worst(floats, reference, 3)).isLessThan(2e-5);
    }
  }

  /** Frames as cameras give them: colors change slowly. */
  private static Pixels smooth(String format, int width, int height) throws IOException {
    Pixels pixels = Pixels.of(format, width, height);
    double unit = Math.pow(2, pixels.depth(0) - 8);
    return pixels.fill(
        (c, x, y) -> unit * (126 + 60 * Math.sin((x + 3 * c) / 9.0) * Math.cos(y / 7.0 + c)));
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelLayout.class,
      names = {"RGB24", "BGR24", "RGBA", "BGRA"})
  void fast_hasTheRightMatrixAndRange(PixelLayout layout) throws IOException {
    for (ColorSpec color : List.of(ColorSpec.BT709_LIMITED, ColorSpec.BT601_FULL)) {
      for (String format : List.of("yuv420p", "yuv422p")) {
        try (Pixels pixels = smooth(format, 66, 38)) {
          VideoOutput fast = VideoOutput.of(layout).conversion(Conversion.FAST);

          Rendered rendered = Infos.render(fast, Infos.of(format, 66, 38, color), pixels.struct());

          double worst = worst(rendered, new Reference(pixels, color), 3);
          ColorSpec other =
              color.equals(ColorSpec.BT601_FULL) ? ColorSpec.BT709_LIMITED : ColorSpec.BT601_FULL;
          assertThat(worst).isBetween(1.0, 14.0);
          assertThat(worst(rendered, new Reference(pixels, other), 3)).isGreaterThan(20);
        }
      }
    }
  }

  @Test
  void exact_ofInterlacedFrames_isThatOfWholeFrames() throws IOException {
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24);
    var info = Infos.of("yuv420p", 34, 22, ColorSpec.BT709_LIMITED);
    try (Pixels pixels = smooth("yuv420p", 34, 22)) {
      Rendered whole = Infos.render(output, info, pixels.struct());
      pixels
          .struct()
          .flags(AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST);

      Rendered fields = Infos.render(output, info, pixels.struct());

      assertThat(fields.bytes()).isEqualTo(whole.bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void exact_placesChromaWhereTheFrameSays(int location) throws IOException {
    double[] x = {0, 0, 0.5, 0, 0.5, 0, 0.5};
    double[] y = {0, 0.5, 0.5, 0, 0, 1, 1};
    Random random = new Random(3);
    try (Pixels pixels = Pixels.of("yuv420p", 34, 22).fill((c, i, j) -> random.nextInt(256))) {
      pixels.tag(1, 1, location);
      Reference reference =
          new Reference(pixels, ColorSpec.BT709_LIMITED, x[location], y[location]);

      Rendered rendered =
          Infos.render(
              VideoOutput.of(PixelLayout.RGB24),
              Infos.of("yuv420p", 34, 22, ColorSpec.BT709_LIMITED),
              pixels.struct());

      assertThat(worst(rendered, reference, 3)).isLessThan(1);
    }
  }

  @Test
  void exact_whereTheFrameContradictsTheStream_followsTheFrame() throws IOException {
    try (Pixels pixels = smooth("yuv444p", 32, 16)) {
      pixels.tag(avutil.AVCOL_SPC_SMPTE170M, avutil.AVCOL_RANGE_JPEG, 0);

      Rendered rendered =
          Infos.render(
              VideoOutput.of(PixelLayout.RGB24),
              Infos.of("yuv444p", 32, 16, ColorSpec.BT2020_LIMITED),
              pixels.struct());

      assertThat(worst(rendered, new Reference(pixels, ColorSpec.BT601_FULL), 3)).isLessThan(1);
    }
  }

  @Test
  void exact_ofYuvj_isFullRangeWhateverTheTags() throws IOException {
    try (Pixels pixels = smooth("yuvj420p", 32, 16)) {
      pixels.tag(avutil.AVCOL_SPC_BT709, avutil.AVCOL_RANGE_MPEG, 0);

      Rendered rendered =
          Infos.render(
              VideoOutput.of(PixelLayout.RGB24),
              Infos.of("yuvj420p", 32, 16, ColorSpec.BT709_LIMITED),
              pixels.struct());

      assertThat(worst(rendered, new Reference(pixels, ColorSpec.BT709_FULL), 3)).isLessThan(1);
    }
  }

  @Test
  void source_ofTheOtherNameOfBt601_copiesSamplesAsTheyAre() throws IOException {
    Random random = new Random(3);
    try (Pixels pixels = Pixels.of("yuv420p", 34, 22).fill((c, x, y) -> random.nextInt(256))) {
      pixels.tag(avutil.AVCOL_SPC_BT470BG, avutil.AVCOL_RANGE_MPEG, 0);

      Rendered rendered =
          Infos.render(
              VideoOutput.source(),
              Infos.of("yuv420p", 34, 22, ColorSpec.BT601_PAL_LIMITED),
              pixels.struct());

      for (int x = 0; x < 17; x++) {
        assertThat(rendered.yuv(1, x, 7)).isEqualTo(pixels.get(1, x, 7));
      }
    }
  }

  @Test
  void render_leavesTheFrameAsItIs() throws IOException {
    try (Pixels pixels = smooth("yuvj420p", 32, 16)) {
      pixels.tag(avutil.AVCOL_SPC_UNSPECIFIED, avutil.AVCOL_RANGE_UNSPECIFIED, 0);

      Infos.render(
          VideoOutput.of(PixelLayout.RGB24),
          Infos.of("yuvj420p", 32, 16, ColorSpec.BT709_FULL),
          pixels.struct());

      assertThat(pixels.struct().format()).isEqualTo(avutil.AV_PIX_FMT_YUVJ420P);
      assertThat(pixels.struct().colorspace()).isEqualTo(avutil.AVCOL_SPC_UNSPECIFIED);
      assertThat(pixels.struct().color_range()).isEqualTo(avutil.AVCOL_RANGE_UNSPECIFIED);
    }
  }
}
