package io.reelmux.ffmpeg.media;

import static io.reelmux.ffmpeg.media.Fixtures.HEIGHT;
import static io.reelmux.ffmpeg.media.Fixtures.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.testing.media.Colors;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RGB frames are converted to Y'CbCr as H.273 defines it, and tagged accordingly. */
class ColorTest {

  /** Half a code value; a tie may go either way. */
  private static final double NEAREST = 0.51;

  private static final Map<String, ColorSpec> SPECS =
      Map.of(
          "BT709_LIMITED", ColorSpec.BT709_LIMITED,
          "BT709_FULL", ColorSpec.BT709_FULL,
          "BT601_LIMITED", ColorSpec.BT601_LIMITED,
          "BT601_FULL", ColorSpec.BT601_FULL,
          "BT2020_LIMITED", ColorSpec.BT2020_LIMITED);

  static Stream<PixelLayout> rgbLayouts() {
    return Arrays.stream(PixelLayout.values())
        .filter(layout -> layout != PixelLayout.RGB_PLANAR_F16)
        .filter(layout -> !layout.isYuv() && !layout.isPremultiplied());
  }

  static Stream<Arguments> rgbLayoutsAndSpecs() {
    return rgbLayouts()
        .flatMap(
            layout -> SPECS.keySet().stream().sorted().map(spec -> Arguments.of(layout, spec)));
  }

  @ParameterizedTest
  @MethodSource("rgbLayoutsAndSpecs")
  void addFrame_rgb_matchesFormulaToNearestCode(PixelLayout layout, String name)
      throws IOException {
    Pixels pixels = Pixels.random(layout, 70, 34, 1);
    ColorSpec spec = spec(name);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(70, 34, 25)
                .codec("ffv1")
                .pixelFormat("yuv444p")
                .color(spec)
                .build(),
            "mkv",
            pixels.frame(layout));

    assertFormula(frame, pixels, layout, spec);
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelLayout.class,
      names = {
        "GRAY16",
        "RGB48",
        "RGB48_PLANAR",
        "RGBA64",
        "GRAY_F32",
        "RGB_F32",
        "RGB_PLANAR_F32",
        "RGBA_F32"
      })
  void addFrame_rgb16_matchesFormulaToNearestTenBitCode(PixelLayout layout) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      Pixels pixels = Pixels.random(layout, 70, 34, 2);

      DecodedFrame frame =
          Fixtures.roundTrip(
              VideoOptions.builder(70, 34, 25)
                  .codec("ffv1")
                  .pixelFormat("yuv444p10le")
                  .color(ColorSpec.BT2020_LIMITED)
                  .build(),
              "mkv",
              pixels.frame(layout, order));

      assertThat(frame.depth()).isEqualTo(10);
      assertFormula(frame, pixels, layout, ColorSpec.BT2020_LIMITED);
    }
  }

  @RequiresGpl
  @Test
  void addFrame_losslessX264_matchesFormulaToNearestCode() throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.RGB24, 64, 48, 3);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 48, 25)
                .codec("libx264")
                .pixelFormat("yuv444p")
                .quality(Quality.LOSSLESS)
                .build(),
            "mp4",
            pixels.frame(PixelLayout.RGB24));

    assertFormula(frame, pixels, PixelLayout.RGB24, ColorSpec.BT709_LIMITED);
  }

  private static void assertFormula(
      DecodedFrame frame, Pixels pixels, PixelLayout layout, ColorSpec spec) {
    double max = Pixels.max(layout);
    String matrix =
        switch (spec.matrix()) {
          case BT709 -> "bt709";
          case BT601 -> "smpte170m";
          case BT2020 -> "bt2020nc";
        };
    boolean full = spec.range() == ColorSpec.Range.FULL;
    assertThat(frame.tags.matrix()).isEqualTo(matrix);
    assertThat(frame.tags.isFull()).isEqualTo(full);
    int white = (1 << frame.depth()) - 1;
    for (int y = 0; y < pixels.height; y++) {
      for (int x = 0; x < pixels.width; x++) {
        double[] exact =
            Colors.toYuv(
                matrix,
                full,
                frame.depth(),
                pixels.red(x, y) / max,
                pixels.green(x, y) / max,
                pixels.blue(x, y) / max);
        for (int c = 0; c < 3; c++) {
          assertThat((double) frame.value(c, x, y))
              .as("component %d at %d,%d", c, x, y)
              .isCloseTo(Math.min(exact[c], white), within(NEAREST));
        }
        if (layout.isGray()) {
          assertThat(frame.value(1, x, y)).isEqualTo((white + 1) / 2);
          assertThat(frame.value(2, x, y)).isEqualTo((white + 1) / 2);
        }
      }
    }
  }

  static IntStream imageTypes() {
    return IntStream.rangeClosed(BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED);
  }

  @ParameterizedTest
  @MethodSource("imageTypes")
  void addFrame_bufferedImage_convertsItsColorsByFormula(int type) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, type);
    Pixels pixels = Pixels.random(PixelLayout.RGB24, 40, 30, 4);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int rgb = pixels.red(x, y) << 16 | pixels.green(x, y) << 8 | pixels.blue(x, y);
        image.setRGB(x, y, 0xFF000000 | rgb);
      }
    }
    boolean gray = type == BufferedImage.TYPE_BYTE_GRAY || type == BufferedImage.TYPE_USHORT_GRAY;

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(40, 30, 25).codec("ffv1").pixelFormat("yuv444p").build(),
            "mkv",
            VideoFrame.of(image));

    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int rgb = image.getRGB(x, y);
        double[] exact =
            gray
                ? grayCode(image.getRaster().getSample(x, y, 0), type)
                : Colors.toYuv(
                    "bt709",
                    false,
                    8,
                    (rgb >> 16 & 0xFF) / 255.0,
                    (rgb >> 8 & 0xFF) / 255.0,
                    (rgb & 0xFF) / 255.0);
        for (int c = 0; c < 3; c++) {
          assertThat((double) frame.value(c, x, y)).isCloseTo(exact[c], within(NEAREST));
        }
      }
    }
  }

  private static double[] grayCode(int sample, int type) {
    double value = sample / (type == BufferedImage.TYPE_BYTE_GRAY ? 255.0 : 65535.0);
    return new double[] {16 + 219 * value, 128, 128};
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, H264",
    "mov, H264",
    "mkv, H264",
    "flv, H264",
    "ts, H264",
    "h264, H264",
    "avi, H264",
    "mp4, libopenh264",
    "webm, libvpx-vp9",
    "mp4, libvpx-vp9",
    "mp4, mpeg4",
    "mkv, mpeg4",
    "mov, prores_ks",
    "mkv, ffv1",
    "mp4, libsvtav1",
    "webm, libsvtav1",
    "mkv, libaom-av1",
    "mp4, mpeg2video",
    "ts, mpeg2video",
    "mkv, libvpx-vp9",
    "webm, libvpx"
  })
  void openFileLike_defaultColors_areTagged(String container, String codec) throws IOException {
    String name = codec.equals("H264") ? Fixtures.h264() : codec;

    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).codec(name).build(), container, 8);

    ReadStream stream = MediaReader.read(file).video(0);
    // VP8 implies BT.601, whatever the container specifies
    String expected =
        switch (codec) {
          case "libvpx" -> "smpte170m tv smpte170m smpte170m";
          default -> "bt709 tv bt709 bt709";
        };
    assertThat(stream.tags().colors()).isEqualTo(expected);
    if (!codec.equals("libvpx")) {
      assertThat(stream.frames().get(0).tags.colors()).isEqualTo("bt709 tv bt709 bt709");
    }
    assertThat(stream.frames().get(1).psnr(Fixtures.moving(WIDTH, HEIGHT, 1)))
        .isGreaterThan(Fixtures.GOOD_PSNR);
  }

  @RequiresGpl
  @ParameterizedTest
  @CsvSource({"mp4, libx264rgb", "mkv, libx264rgb", "mp4, libx265", "mkv, libx265"})
  void openFileLike_gplEncoders_areTagged(String container, String codec) throws IOException {
    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).codec(codec).build(), container, 3);

    ReadStream stream = MediaReader.read(file).video(0);
    boolean rgb = codec.equals("libx264rgb");
    assertThat(stream.frames().get(0).tags.colors())
        .isEqualTo(rgb ? "gbr pc bt709 iec61966-2-1" : "bt709 tv bt709 bt709");
    assertThat(stream.frames().get(1).psnr(Fixtures.moving(WIDTH, HEIGHT, 1)))
        .isGreaterThan(Fixtures.GOOD_PSNR);
  }

  @ParameterizedTest
  @CsvSource({
    "BT709_FULL, bt709 pc bt709 bt709",
    "BT601_LIMITED, smpte170m tv smpte170m smpte170m",
    "BT601_FULL, smpte170m pc smpte170m smpte170m",
    "BT2020_LIMITED, bt2020nc tv bt2020 bt2020-10",
  })
  void openFileLike_requestedColors_areTaggedAndApplied(String name, String tags)
      throws IOException {
    for (String container : List.of("mp4", "mkv", "ts")) {
      byte[] file =
          Fixtures.encodeMoving(
              Fixtures.options(25).codec(Fixtures.h264()).color(spec(name)).build(), container, 10);

      ReadStream stream = MediaReader.read(file).video(0);
      assertThat(stream.tags().colors()).isEqualTo(tags);
      assertThat(stream.frames().get(1).tags.colors()).isEqualTo(tags);
      assertThat(stream.frames().get(1).psnr(Fixtures.moving(WIDTH, HEIGHT, 1)))
          .isGreaterThan(Fixtures.GOOD_PSNR);
    }
  }

  @ParameterizedTest
  @CsvSource({"mp4", "mov"})
  void mp4_defaultColors_areInColrBox(String container) throws IOException {
    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).build(), container, 3);

    String box = container.equals("mp4") ? "colrnclx" : "colrnclc";
    byte[] wanted = new byte[container.equals("mp4") ? 15 : 14];
    System.arraycopy(box.getBytes(StandardCharsets.US_ASCII), 0, wanted, 0, 8);
    wanted[9] = 1;
    wanted[11] = 1;
    wanted[13] = 1;
    assertThat(Boxes.indexOf(file, wanted)).as("position of %s 1/1/1", box).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, H264",
    "mkv, H264",
    "ts, H264",
    "webm, libvpx-vp9",
    "mkv, ffv1",
    "mkv, libsvtav1",
    "webm, libaom-av1",
    "mkv, mpeg4",
    "mkv, libvpx-vp9",
    "mp4, mpeg2video"
  })
  void openFileLike_subsampled_chromaIsTaggedLeft(String container, String codec)
      throws IOException {
    String name = codec.equals("H264") ? Fixtures.h264() : codec;

    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).codec(name).build(), container, 10);

    assertThat(MediaReader.read(file).video(0).tags().chroma()).isEqualTo("left");
  }

  @ParameterizedTest
  @CsvSource({"avi, mpeg4", "flv, flv", "avi, msmpeg4v2", "nut, mpeg4"})
  void openFileLike_formatWithoutColorTags_isBt601Limited(String container, String codec)
      throws IOException {
    VideoOptions options = Fixtures.options(25).codec(codec).quality(Quality.HIGHEST).build();
    byte[] file = Fixtures.encodeMoving(options, container, 3);

    DecodedFrame frame = MediaReader.read(file).video(0).frames().get(1);
    assertThat(frame.tags.matrix()).isEqualTo("unknown");
    // MediaReader assumes BT.601 for untagged frames
    assertThat(frame.psnr(Fixtures.moving(WIDTH, HEIGHT, 1))).isGreaterThan(38);
  }

  @ParameterizedTest
  @CsvSource({"avi", "mkv", "mov", "mjpeg"})
  void openFileLike_mjpeg_isBt601Full(String container) throws IOException {
    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).codec("mjpeg").build(), container, 3);

    DecodedFrame frame = MediaReader.read(file).video(0).frames().get(1);
    assertThat(frame.tags.matrix()).isEqualTo("bt470bg");
    assertThat(frame.tags.isFull()).isTrue();
    assertThat(frame.tags.chroma()).isEqualTo("center");
    assertThat(frame.psnr(Fixtures.moving(WIDTH, HEIGHT, 1))).isGreaterThan(38);
  }

  @ParameterizedTest
  @CsvSource({
    "ffv1, RGB_PLANAR, 0, 0.5",
    "ffv1, RGB24, 0, 0.5",
    "ffv1, BGRA, 0, 0.5",
    "ffv1, RGB48, 0, 0.5",
    "mjpeg, RGB24, 0.5, 0.5"
  })
  void addFrame_rgbTo420_chromaPositionMatchesTag(
      String codec, PixelLayout layout, double across, double down) throws IOException {
    assertThat(chromaPosition(codec, layout, true)).isCloseTo(across, within(0.1));
    assertThat(chromaPosition(codec, layout, false)).isCloseTo(down, within(0.1));
  }

  /** Returns the position of a chroma sample within its luma pair, measured with a blue ramp. */
  private static double chromaPosition(String codec, PixelLayout layout, boolean across)
      throws IOException {
    int size = 64;
    byte[] rgb = new byte[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      rgb[3 * i + 2] = (byte) (4 * (across ? i % size : i / size));
    }
    VideoOptions.Builder options =
        VideoOptions.builder(size, size, 25).codec(codec).pixelFormat("yuv420p");
    if (codec.equals("mjpeg")) {
      // as close to lossless as it gets
      options.option("flags", "+qscale").option("global_quality", "118").option("qmin", "1");
    }

    DecodedFrame frame = Fixtures.roundTrip(options.build(), "mkv", converted(layout, size, rgb));

    double zero = Colors.toYuv(frame.tags.matrix(), frame.tags.isFull(), 8, 0, 0, 0)[1];
    double step =
        Colors.toYuv(frame.tags.matrix(), frame.tags.isFull(), 8, 0, 0, 4 / 255.0)[1] - zero;
    double sum = 0;
    int from = 8;
    int to = size / 2 - 8;
    for (int k = from; k < to; k++) {
      for (int other = from; other < to; other++) {
        int code = frame.value(1, across ? k : other, across ? other : k);
        sum += (code - zero) / step - 2 * k;
      }
    }
    return sum / ((double) (to - from) * (to - from));
  }

  private static VideoFrame converted(PixelLayout layout, int size, byte[] rgb) {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) layout.frameBytes(size, size)).order(ByteOrder.LITTLE_ENDIAN);
    int pixels = size * size;
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        int value = rgb[3 * i + c] & 0xFF;
        switch (layout) {
          case RGB24 -> buffer.put(3 * i + c, (byte) value);
          case RGB_PLANAR -> buffer.put(c * pixels + i, (byte) value);
          case BGRA -> buffer.put(4 * i + 2 - c, (byte) value);
          default -> buffer.putShort(6 * i + 2 * c, (short) (value * 257));
        }
      }
    }
    return VideoFrame.of(layout, size, size, buffer);
  }

  @ParameterizedTest
  @CsvSource({"RGB24, apng, apng", "RGB24, mkv, png", "RGB_PLANAR, mkv, png", "GRAY8, mkv, png"})
  void addFrame_rgbToRgb_isExactAndTaggedAsSrgb(PixelLayout layout, String container, String codec)
      throws IOException {
    Pixels pixels = Pixels.random(layout, 33, 21, 5);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(33, 21, 25).codec(codec).pixelFormat("rgb24").build(),
            container,
            pixels.frame(layout));

    assertRgb(frame, pixels);
    assertThat(frame.tags.colors()).isEqualTo("gbr pc bt709 iec61966-2-1");
  }

  @RequiresGpl
  @Test
  void addFrame_losslessX264rgb_isExact() throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.RGB24, 64, 48, 6);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 48, 25).codec("libx264rgb").quality(Quality.LOSSLESS).build(),
            "mp4",
            pixels.frame(PixelLayout.RGB24));

    assertRgb(frame, pixels);
  }

  @Test
  void addFrame_grayToGrayPng_isExact() throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.GRAY8, 33, 21, 7);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(33, 21, 25).codec("png").pixelFormat("gray").build(),
            "mkv",
            pixels.frame(PixelLayout.GRAY8));

    assertThat(frame.format).isEqualTo("gray");
    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 33; x++) {
        assertThat(frame.value(0, x, y)).isEqualTo(pixels.red(x, y));
      }
    }
  }

  private static void assertRgb(DecodedFrame frame, Pixels pixels) {
    assertThat(frame.isRgb()).isTrue();
    for (int y = 0; y < pixels.height; y++) {
      for (int x = 0; x < pixels.width; x++) {
        assertThat(List.of(frame.value(0, x, y), frame.value(1, x, y), frame.value(2, x, y)))
            .as("pixel %d,%d", x, y)
            .isEqualTo(List.of(pixels.red(x, y), pixels.green(x, y), pixels.blue(x, y)));
      }
    }
  }

  private static ColorSpec spec(String name) {
    return Objects.requireNonNull(SPECS.get(name), name);
  }
}
