package io.reelmux.reader.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layout from every kind of decoded frame. */
@ExtendWith(LeakCheck.class)
class LayoutsTest {

  /** Pixels of a side of a block of one color; chroma next to its edge is interpolated. */
  private static final int BLOCK = 12;

  private static final int EDGE = 4;

  private static final List<String> SOURCES =
      List.of(
          "yuv420p",
          "yuvj422p",
          "yuv444p",
          "yuv440p",
          "yuv411p",
          "yuv420p10le",
          "yuv422p12le",
          "yuv444p16be",
          "nv12",
          "nv16",
          "p010le",
          "yuyv422",
          "uyvy422",
          "yuva420p",
          "yuva444p10le",
          "gbrp",
          "gbrp12le",
          "gbrap",
          "gbrap16le",
          "rgb24",
          "bgra",
          "0rgb",
          "rgb48be",
          "rgba64be",
          "gray",
          "gray10le",
          "gray16be",
          "ya8");

  private record Case(String source, PixelLayout layout, ColorSpec color, int width, int height) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String source : SOURCES) {
      boolean yuv = PixelFormat.isYuv(Formats.named(source));
      boolean limited = yuv && !source.startsWith("yuvj");
      ColorSpec color = limited ? ColorSpec.BT709_LIMITED : ColorSpec.BT709_FULL;
      boolean pairs = source.equals("yuyv422") || source.equals("uyvy422");
      for (PixelLayout layout : PixelLayout.values()) {
        if (!layout.isPremultiplied()) {
          if (source.equals("yuv420p") || source.equals("p010le") || source.equals("gbrap")) {
            cases.add(new Case(source, layout, color, 2 * BLOCK, 2 * BLOCK));
          }
          cases.add(new Case(source, layout, color, 2 * BLOCK - (pairs ? 2 : 1), BLOCK + 9));
        }
      }
    }
    return cases;
  }

  /** Blocks of colors. */
  private static Pixels blocks(Case test) throws IOException {
    Pixels pixels = Pixels.of(test.source, test.width, test.height);
    return pixels.fill(
        (c, x, y) -> {
          int stepX = (test.width + pixels.columns(c) - 1) / pixels.columns(c);
          int stepY = (test.height + pixels.rows(c) - 1) / pixels.rows(c);
          int block = x * stepX / BLOCK + 5 * (y * stepY / BLOCK);
          int shade = 60 + (block * 37 + c * 53) % 120;
          return shade * Math.pow(2, pixels.depth(c) - 8) + block;
        });
  }

  private static boolean isInside(int x, int y) {
    return x % BLOCK >= EDGE
        && x % BLOCK < BLOCK - EDGE
        && y % BLOCK >= EDGE
        && y % BLOCK < BLOCK - EDGE;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void render_ofEveryFormat_givesEveryLayout(Case test) throws IOException {
    try (Pixels pixels = blocks(test)) {
      Rendered rendered =
          Infos.render(
              VideoOutput.of(test.layout),
              Infos.of(test.source, test.width, test.height, test.color),
              pixels.struct());

      assertThat(rendered.width()).isEqualTo(test.width);
      assertThat(rendered.height()).isEqualTo(test.height);
      assertThat(worst(test, pixels, rendered)).isLessThan(tolerance(test));
    }
  }

  private static double tolerance(Case test) {
    return switch (test.layout) {
      case RGB_PLANAR_F16 -> 1.0 / 2000;
      case RGB_F32, RGBA_F32, RGB_PLANAR_F32, GRAY_F32 -> 2e-5;
      // libswscale computes gray with alpha, and 4:4:0 of more than 8 bits, with 15 bits
      case GRAY16, RGB48, RGB48_PLANAR, RGBA64 -> 2;
      default -> 1;
    };
  }

  private static double worst(Case test, Pixels pixels, Rendered rendered) {
    Reference reference = new Reference(pixels, test.color);
    double worst = 0;
    for (int y = 0; y < test.height; y++) {
      for (int x = 0; x < test.width; x++) {
        if (isInside(x, y)) {
          double[] expected = reference.rgba(x, y);
          worst =
              Math.max(
                  worst,
                  test.layout.isYuv()
                      ? worstYuv(test, expected, reference, rendered, x, y)
                      : worstRgb(test, expected, reference, rendered, x, y));
        }
      }
    }
    return worst;
  }

  private static double worstRgb(
      Case test, double[] expected, Reference reference, Rendered rendered, int x, int y) {
    if (test.layout.isGray()) {
      boolean rgb = PixelFormat.isRgb(Formats.named(test.source));
      double gray = rgb ? luma(test, expected) : Reference.clip(reference.luma(x, y));
      return Math.abs(rendered.rgba(0, x, y) - gray * rendered.max());
    }
    double worst = 0;
    for (int c = 0; c < (test.layout.hasAlpha() ? 4 : 3); c++) {
      worst = Math.max(worst, Math.abs(rendered.rgba(c, x, y) - expected[c] * rendered.max()));
    }
    return worst;
  }

  private static double luma(Case test, double[] rgb) {
    double kr = test.color.matrix().kr();
    double kb = test.color.matrix().kb();
    return kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2];
  }

  private static double worstYuv(
      Case test, double[] rgb, Reference reference, Rendered rendered, int x, int y) {
    double kr = test.color.matrix().kr();
    double kb = test.color.matrix().kb();
    boolean yuv = PixelFormat.isYuv(Formats.named(test.source));
    double luma = yuv ? reference.luma(x, y) : luma(test, rgb);
    double cb = yuv ? reference.chroma(1, x, y) : (rgb[2] - luma) / (2 * (1 - kb));
    double cr = yuv ? reference.chroma(2, x, y) : (rgb[0] - luma) / (2 * (1 - kr));
    boolean full = test.color.range() == ColorSpec.Range.FULL;
    double unit = (rendered.max() + 1) / 256;
    double codeY = full ? luma * rendered.max() : (16 + 219 * luma) * unit;
    double scale = full ? rendered.max() : 224 * unit;
    int cx = x / test.layout.chromaColumns();
    int cy = y / test.layout.chromaRows();
    return Math.max(
        Math.abs(rendered.yuv(0, x, y) - codeY),
        Math.max(
            Math.abs(rendered.yuv(1, cx, cy) - (128 * unit + scale * cb)),
            Math.abs(rendered.yuv(2, cx, cy) - (128 * unit + scale * cr))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yuv420p",
        "yuvj420p",
        "yuv422p",
        "yuvj422p",
        "yuv444p",
        "yuvj444p",
        "nv12",
        "nv21",
        "p010le",
        "yuv420p10le",
        "yuv422p10le",
        "yuv444p10le",
        "gbrp",
        "gbrp16le",
        "rgb24",
        "bgr24",
        "rgba",
        "bgra",
        "argb",
        "abgr",
        "rgb48le",
        "rgba64le",
        "gray",
        "gray16le"
      })
  void source_copiesSamplesAsTheyAre(String format) throws IOException {
    boolean full = !PixelFormat.isYuv(Formats.named(format)) || format.startsWith("yuvj");
    ColorSpec color = full ? ColorSpec.BT709_FULL : ColorSpec.BT709_LIMITED;
    Random random = new Random(1);
    try (Pixels pixels = Pixels.of(format, 33, 17)) {
      pixels.fill((c, x, y) -> random.nextInt(1 << pixels.depth(c)));

      var info = Infos.of(format, 33, 17, color);
      try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.source(), info)) {
        Rendered rendered = new Rendered(renderer.layout(), 33, 17);
        renderer.render(pixels.struct(), rendered.bytes());

        boolean yuv = renderer.layout().isYuv();
        for (int c = 0; c < pixels.components(); c++) {
          for (int y = 0; y < pixels.rows(c); y++) {
            for (int x = 0; x < pixels.columns(c); x++) {
              double read = yuv ? rendered.yuv(c, x, y) : rendered.rgba(c, x, y);
              assertThat(read).isEqualTo(pixels.get(c, x, y));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yuv440p, I444",
    "yuv411p, I444",
    "yuv410p, I444",
    "yuvj440p, I444",
    "nv16, I422",
    "nv24, I444",
    "yuyv422, I422",
    "uyvy422, I422",
    "yuv420p9le, I420_10",
    "p210le, I422_10",
    "yuv440p10le, I444_10",
    "yuv420p12le, RGB48_PLANAR",
    "yuv422p16le, RGB48_PLANAR",
    "p016le, RGB48_PLANAR",
    "yuva420p, RGBA",
    "yuva444p10le, RGBA64",
    "gbrap, RGBA",
    "gbrap12le, RGBA64",
    "gbrp10le, RGB48_PLANAR",
    "x2rgb10le, RGB48",
    "bgr48le, RGB48",
    "rgb48be, RGB48",
    "rgba64be, RGBA64",
    "rgb0, RGB24",
    "rgb565le, RGB24",
    "pal8, RGBA",
    "ya8, RGBA",
    "ya16be, RGBA64",
    "gray10le, GRAY16",
    "gray16be, GRAY16",
    "monob, GRAY8",
    "gbrpf32le, RGB_PLANAR_F32",
    "gbrapf32le, RGBA_F32",
    "grayf32le, GRAY_F32",
    "vuyx, I444",
    "yuv420p10be, I420_10"
  })
  void source_ofFormatsWithoutLayout_isTheNearestThatHoldsThem(String format, PixelLayout layout)
      throws IOException {
    var info = Infos.of(format, 32, 16, ColorSpec.BT709_FULL);

    try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.source(), info)) {
      assertThat(renderer.layout()).isEqualTo(layout);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bayer_rggb8", "xyz12le", "cuda", "no_such_format"})
  void open_ofFormatsWithoutKnownColors_isRefused(String format) {
    assertThatThrownBy(() -> refused(format))
        .isInstanceOf(UnsupportedMediaException.class)
        .hasMessageContaining(format);
  }

  private static void refused(String format) throws IOException {
    var like = Infos.of("yuv420p", 32, 16, ColorSpec.BT709_FULL);
    var info =
        new VideoInfo(
            like.facts(),
            32,
            16,
            32,
            16,
            like.sampleAspectRatio(),
            0,
            false,
            format,
            8,
            false,
            like.color(),
            false,
            like.hdr(),
            like.fieldOrder(),
            like.frameRate(),
            false,
            like.framesInHeader());
    FrameRenderer.open(VideoOutput.of(PixelLayout.RGB24), info).close();
  }

  @Test
  void render_ofAPalette_isItsColors() throws IOException {
    try (Pixels pixels = Pixels.of("pal8", 35, 7).fill((c, x, y) -> x * 7 + y)) {
      var palette = pixels.struct().data(1).capacity(1024).asByteBuffer();
      new Random(5).ints(1024).forEach(value -> palette.put((byte) value));

      Rendered rendered =
          Infos.render(
              VideoOutput.source(), Infos.of("pal8", 35, 7, ColorSpec.BT709_FULL), pixels.struct());

      int entry = 4 * (3 * 7 + 5);
      assertThat(rendered.rgba(2, 3, 5)).isEqualTo(palette.get(entry) & 0xFF);
      assertThat(rendered.rgba(1, 3, 5)).isEqualTo(palette.get(entry + 1) & 0xFF);
      assertThat(rendered.rgba(0, 3, 5)).isEqualTo(palette.get(entry + 2) & 0xFF);
      assertThat(rendered.rgba(3, 3, 5)).isEqualTo(palette.get(entry + 3) & 0xFF);
    }
  }

  @ParameterizedTest
  @CsvSource({"rgb565le, 5, 6", "bgr555le, 5, 5", "rgb444le, 4, 4"})
  void render_ofFewBits_fillsUpToWhite(String format, int redBits, int greenBits)
      throws IOException {
    try (Pixels pixels = Pixels.of(format, 32, 3).fill((c, x, y) -> x + 13 * c)) {
      Rendered rendered =
          Infos.render(
              VideoOutput.of(PixelLayout.RGB24),
              Infos.of(format, 32, 3, ColorSpec.BT709_FULL),
              pixels.struct());

      for (int x = 0; x < 32; x++) {
        double red = pixels.get(0, x, 1) * 255.0 / ((1 << redBits) - 1);
        double green = pixels.get(1, x, 1) * 255.0 / ((1 << greenBits) - 1);
        assertThat(Math.abs(rendered.rgba(0, x, 1) - red)).isLessThanOrEqualTo(0.5);
        assertThat(Math.abs(rendered.rgba(1, x, 1) - green)).isLessThanOrEqualTo(0.5);
      }
    }
  }

  @Test
  void floats_beyondTheRange_areClipped() throws IOException {
    try (Pixels pixels = Pixels.of("yuv444p", 16, 2).fill((c, x, y) -> c == 0 ? x * 17 : 128)) {
      pixels.tag(avutil.AVCOL_SPC_BT709, avutil.AVCOL_RANGE_MPEG, 0);
      var info = Infos.of("yuv444p", 16, 2, ColorSpec.BT709_LIMITED);

      for (PixelLayout layout :
          List.of(
              PixelLayout.RGB_F32,
              PixelLayout.RGBA_F32,
              PixelLayout.RGB_PLANAR_F32,
              PixelLayout.RGB_PLANAR_F16,
              PixelLayout.GRAY_F32)) {
        Rendered rendered = Infos.render(VideoOutput.of(layout), info, pixels.struct());

        assertThat(rendered.rgba(0, 0, 0)).as("black of %s", layout).isEqualTo(0);
        assertThat(rendered.rgba(0, 15, 1)).as("white of %s", layout).isEqualTo(1);
        assertThat(rendered.rgba(0, 7, 1)).isBetween(0.46, 0.48);
      }
    }
  }

  @Test
  void toHalf_ofAllHalves_isThat() {
    for (int bits = 0; bits <= 0x3C00; bits++) {
      int exponent = bits >> 10;
      int fraction = bits & 0x3FF;
      double value =
          exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);

      assertThat(HalfWriter.toHalf((float) value)).isEqualTo((short) bits);
    }
  }
}
