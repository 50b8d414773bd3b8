package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AlphaMode;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Alpha handling: dropped by default, kept on request, or blended over a background. */
class AlphaTest {
  private static final int SIZE = 32;

  static Stream<PixelLayout> layoutsWithAlpha() {
    return Arrays.stream(PixelLayout.values())
        .filter(layout -> layout.hasAlpha() && !layout.isPremultiplied());
  }

  private static VideoOptions.Builder options(String codec) {
    return VideoOptions.builder(SIZE, SIZE, 25).codec(codec);
  }

  @ParameterizedTest
  @MethodSource("layoutsWithAlpha")
  void drop_byDefault_keepsColorsUnchanged(PixelLayout layout) throws IOException {
    Pixels pixels = Pixels.random(layout, SIZE, SIZE, 1);

    DecodedFrame frame =
        Fixtures.roundTrip(
            options("png").pixelFormat("rgb24").build(), "mkv", pixels.frame(layout));

    assertColors(frame, pixels, layout);
  }

  @ParameterizedTest
  @CsvSource({
    "RGBA, ffv1, bgra",
    "BGRA, png, rgba",
    "ARGB, png, rgba",
    "ABGR, png, rgba",
    "RGBA64, ffv1, gbrap16le",
    "RGBA64, png, rgba64be",
    "RGBA, qtrle, argb"
  })
  void keep_losslessEncoder_keepsColorsAndAlpha(PixelLayout layout, String codec, String format)
      throws IOException {
    Pixels pixels = Pixels.random(layout, SIZE, SIZE, 2);

    DecodedFrame frame =
        Fixtures.roundTrip(
            options(codec).pixelFormat(format).alpha(AlphaMode.KEEP).build(),
            codec.equals("qtrle") ? "mov" : "mkv",
            pixels.frame(layout));

    assertColors(frame, pixels, layout);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        assertThat(frame.value(3, x, y)).isEqualTo(pixels.alpha(x, y));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ffv1, mkv",
    "png, mkv",
    "apng, apng",
    "prores_ks, mov",
    "qtrle, mov",
    "utvideo, avi"
  })
  void keep_withoutPixelFormat_choosesOneWithAlpha(String codec, String container)
      throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.RGBA, SIZE, SIZE, 3);

    DecodedFrame frame =
        Fixtures.roundTrip(
            options(codec).alpha(AlphaMode.KEEP).build(),
            container,
            pixels.frame(PixelLayout.RGBA));

    assertThat(frame.components()).isEqualTo(4);
    int shift = frame.depth() - 8;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        assertThat((double) frame.value(3, x, y) / (1 << shift))
            .isCloseTo(pixels.alpha(x, y), within(2.0));
      }
    }
  }

  @Test
  void keep_vp9_keepsAlpha() throws IOException {
    byte[] rgba = new byte[SIZE * SIZE * 4];
    for (int i = 0; i < SIZE * SIZE; i++) {
      rgba[4 * i] = (byte) 200;
      rgba[4 * i + 3] = (byte) (8 * (i % SIZE));
    }

    byte[] file =
        Fixtures.encode(
            options("libvpx-vp9")
                .alpha(AlphaMode.KEEP)
                .pixelFormat("yuva420p")
                .quality(Quality.LOSSLESS)
                .build(),
            "webm",
            VideoFrame.of(PixelLayout.RGBA, SIZE, SIZE, rgba));

    ReadStream stream = MediaReader.read(file, Map.of("vp9", "libvpx-vp9")).video(0);
    assertThat(stream.metadata()).containsEntry("alpha_mode", "1");
    DecodedFrame frame = stream.frames().get(0);
    assertThat(frame.format).isEqualTo("yuva420p");
    for (int x = 0; x < SIZE; x++) {
      assertThat(frame.value(3, x, 5)).isEqualTo(8 * x);
    }
  }

  @ParameterizedTest
  @CsvSource({"RGB24", "RGB_PLANAR", "GRAY8", "RGB48", "I420", "P010"})
  void keep_layoutWithoutAlpha_isOpaque(PixelLayout layout) throws IOException {
    byte[] pixels = new byte[(int) layout.frameBytes(SIZE, SIZE)];
    Arrays.fill(pixels, (byte) 90);

    for (String format : new String[] {"bgra", "yuva420p", "yuva444p10le"}) {
      DecodedFrame frame =
          Fixtures.roundTrip(
              options("ffv1").pixelFormat(format).alpha(AlphaMode.KEEP).build(),
              "mkv",
              VideoFrame.of(layout, SIZE, SIZE, pixels));

      assertThat(frame.value(3, 7, 9)).as(format).isEqualTo((1 << frame.depth()) - 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"RGBA", "RGBA64"})
  void drop_formatWithAlpha_isOpaque(PixelLayout layout) throws IOException {
    Pixels pixels = Pixels.random(layout, SIZE, SIZE, 4);

    DecodedFrame frame =
        Fixtures.roundTrip(options("png").pixelFormat("rgba").build(), "mkv", pixels.frame(layout));

    assertColors(frame, pixels, layout);
    for (int x = 0; x < SIZE; x++) {
      assertThat(frame.value(3, x, 3)).isEqualTo(255);
    }
  }

  @ParameterizedTest
  @CsvSource({"mp4, H264", "mp4, mpeg4", "avi, mjpeg", "webm, libsvtav1"})
  void keep_encoderWithoutAlpha_isRefusedWithAlternatives(String container, String codec)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      String name = codec.equals("H264") ? Fixtures.h264() : codec;
      encoder.addVideo(Fixtures.options(25).codec(name).alpha(AlphaMode.KEEP).build());

      assertThatThrownBy(() -> encoder.openFileLike(output, container))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("prores_ks")
          .hasMessageContaining("libvpx-vp9");
    }
    assertThat(output.size()).isZero();
  }

  @Test
  void keep_formatWithoutAlpha_isRefused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options("ffv1").pixelFormat("yuv420p").alpha(AlphaMode.KEEP).build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "mkv"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("yuv420p")
          .hasMessageContaining("KEEP");
    }
  }

  @ParameterizedTest
  @MethodSource("layoutsWithAlpha")
  void flatten_withBackground_blendsColors(PixelLayout layout) throws IOException {
    Pixels pixels = Pixels.random(layout, SIZE, SIZE, 5);
    int[] background = {0x20, 0xC0, 0xFF};

    DecodedFrame frame =
        Fixtures.roundTrip(
            options("png")
                .pixelFormat("rgb24")
                .alpha(AlphaMode.FLATTEN)
                .background(0x20C0FF)
                .build(),
            "mkv",
            pixels.frame(layout));

    double max = Pixels.max(layout);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int[] colors = {pixels.red(x, y), pixels.green(x, y), pixels.blue(x, y)};
        double alpha = pixels.alpha(x, y) / max;
        for (int c = 0; c < 3; c++) {
          double blend = 255 * colors[c] / max * alpha + background[c] * (1 - alpha);
          assertThat((double) frame.value(c, x, y)).isCloseTo(blend, within(0.51));
        }
      }
    }
  }

  @Test
  void flatten_byDefault_blendsOverBlackAndLeavesCallersMemory() throws IOException {
    byte[] rgba = Fixtures.noise(SIZE * SIZE * 4, 6);
    byte[] before = rgba.clone();

    DecodedFrame frame =
        Fixtures.roundTrip(
            options("png").pixelFormat("rgb24").alpha(AlphaMode.FLATTEN).build(),
            "mkv",
            VideoFrame.of(PixelLayout.RGBA, SIZE, SIZE, ByteBuffer.wrap(rgba)));

    assertThat(rgba).isEqualTo(before);
    double alpha = (rgba[3] & 0xFF) / 255.0;
    assertThat((double) frame.value(0, 0, 0)).isCloseTo((rgba[0] & 0xFF) * alpha, within(0.51));
  }

  @ParameterizedTest
  @CsvSource({"RGBA", "BGRA", "BGRA_PRE", "ARGB", "ABGR", "RGBA64", "RGBA_F32"})
  void drop_transparentFrame_isNoted(PixelLayout layout) throws IOException {
    byte[] opaque = new byte[(int) layout.frameBytes(SIZE, SIZE)];
    for (int i = 0; i < SIZE * SIZE * 4; i++) {
      boolean alpha = i % 4 == (layout == PixelLayout.ARGB || layout == PixelLayout.ABGR ? 0 : 3);
      if (layout == PixelLayout.RGBA_F32) {
        ByteBuffer.wrap(opaque).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * i, alpha ? 1 : 0.5f);
      } else {
        int bytes = layout.bytesPerComponent();
        Arrays.fill(opaque, i * bytes, (i + 1) * bytes, (byte) (alpha ? 255 : 50));
      }
    }
    byte[] transparent = opaque.clone();
    int last = layout == PixelLayout.ARGB || layout == PixelLayout.ABGR ? 4 : 1;
    int size = layout.bytesPerComponent();
    Arrays.fill(
        transparent, opaque.length - last * size, opaque.length - (last - 1) * size, (byte) 0);

    assertThat(notes(null, layout, opaque, opaque)).isEmpty();
    assertThat(notes(AlphaMode.DROP, layout, transparent)).isEmpty();
    assertThat(notes(AlphaMode.FLATTEN, layout, transparent)).isEmpty();
    assertThat(notes(null, layout, transparent))
        .singleElement()
        .asString()
        .startsWith("video 0: frames had transparency, which yuv420p cannot hold")
        .contains("alpha(AlphaMode.FLATTEN)");
    byte[][] later = new byte[9][];
    Arrays.fill(later, transparent);
    later[0] = opaque;
    assertThat(notes(null, layout, later)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(AlphaMode.class)
  void imageWithoutAlpha_isOpaque_whateverItsIntsHold(AlphaMode mode) throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_BGR}) {
      BufferedImage image = new BufferedImage(SIZE, SIZE, type);
      image.setRGB(1, 0, 0x102030);
      ((DataBufferInt) image.getRaster().getDataBuffer()).getData()[1] |= 0x55000000;
      ByteArrayOutput output = new ByteArrayOutput();
      try (Encoder encoder = Encoder.create()) {
        VideoStream video =
            encoder.addVideo(options("png").pixelFormat("rgba").alpha(mode).build());
        encoder.openFileLike(output, "mkv");
        // another converter than that of frames of the same layout with alpha
        video.addFrame(VideoFrame.ofArgb(SIZE, SIZE, new int[SIZE * SIZE]));
        video.addFrame(VideoFrame.of(image));
        assertThat(encoder.finish().notes()).isEmpty();
      }

      DecodedFrame frame = MediaReader.read(output.toByteArray()).video(0).frames().get(1);
      int[] expected = {0x10, 0x20, 0x30, 0xFF};
      for (int c = 0; c < 4; c++) {
        assertThat(frame.value(c, 1, 0)).isEqualTo(expected[c]);
      }
      assertThat(frame.value(3, 0, 0)).isEqualTo(0xFF);
    }
  }

  @Test
  void imageWithoutAlpha_byDefault_isNotNotedAsTransparent() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options("ffv1").pixelFormat("yuv420p").build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      video.addFrame(VideoFrame.of(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB)));

      assertThat(encoder.finish().notes()).isEmpty();
    }
  }

  private static List<String> notes(@Nullable AlphaMode mode, PixelLayout layout, byte[]... frames)
      throws IOException {
    VideoOptions.Builder options = options("ffv1").pixelFormat("yuv420p");
    if (mode != null) {
      options.alpha(mode);
    }
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options.build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      for (byte[] frame : frames) {
        video.addFrame(VideoFrame.of(layout, SIZE, SIZE, frame));
      }
      return encoder.finish().notes();
    }
  }

  @ParameterizedTest
  @EnumSource(AlphaMode.class)
  void premultiplied_isUndone(AlphaMode mode) throws IOException {
    // half-transparent orange, transparent, opaque
    int[][] bgra = {{0, 64, 128, 128}, {0, 0, 0, 0}, {1, 2, 3, 255}};
    int[][] straight = {{255, 128, 0, 128}, {0, 0, 0, 0}, {3, 2, 1, 255}};
    byte[] pixels = new byte[SIZE * SIZE * 4];
    for (int i = 0; i < 12; i++) {
      pixels[i] = (byte) bgra[i / 4][i % 4];
    }

    DecodedFrame frame =
        Fixtures.roundTrip(
            options("png").pixelFormat("rgba").alpha(mode).build(),
            "mkv",
            VideoFrame.of(PixelLayout.BGRA_PRE, SIZE, SIZE, pixels));

    for (int x = 0; x < 3; x++) {
      for (int c = 0; c < 3; c++) {
        int blended = bgra[x][2 - c];
        int expected = mode == AlphaMode.FLATTEN ? blended : straight[x][c];
        assertThat(frame.value(c, x, 0)).isEqualTo(expected);
      }
      assertThat(frame.value(3, x, 0)).isEqualTo(mode == AlphaMode.KEEP ? straight[x][3] : 255);
    }
  }

  private static void assertColors(DecodedFrame frame, Pixels pixels, PixelLayout layout) {
    double max = Pixels.max(layout);
    double white = (1 << frame.depth()) - 1;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int[] colors = {pixels.red(x, y), pixels.green(x, y), pixels.blue(x, y)};
        for (int c = 0; c < 3; c++) {
          assertThat((double) frame.value(c, x, y))
              .as("component %d at %d,%d", c, x, y)
              .isCloseTo(colors[c] * white / max, within(0.51));
        }
      }
    }
  }
}
