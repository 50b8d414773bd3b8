package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.ByteArrayOutput;
import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.Colors;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Frame sizes, strides, kinds of memory, batches, and layouts that change within a stream. */
class FrameInputTest {

  private static VideoOptions.Builder lossless(int width, int height) {
    return VideoOptions.builder(width, height, 25).codec("ffv1").pixelFormat("yuv444p");
  }

  /** Accepts any size; ffv1 needs a few pixels for each of its slices. */
  private static VideoOptions.Builder raw(int width, int height) {
    return VideoOptions.builder(width, height, 25).codec("rawvideo").color(ColorSpec.BT709_LIMITED);
  }

  /** Returns a frame of random values of the layout's bit depth: 8, 10 or 16. */
  private static ByteBuffer random(PixelLayout layout, int width, int height, long seed) {
    int bytes = (int) layout.frameBytes(width, height);
    ByteBuffer buffer = ByteBuffer.wrap(Fixtures.noise(bytes, seed)).order(ByteOrder.LITTLE_ENDIAN);
    if (layout.isYuv() && layout.bytesPerComponent() == 2) {
      for (int at = 0; at < bytes; at += 2) {
        int value = buffer.getShort(at) & 0x3FF;
        buffer.putShort(at, (short) (layout == PixelLayout.P010 ? value << 6 : value));
      }
    }
    return buffer;
  }

  /** Returns the pixel format that keeps every bit of a layout. */
  private static String format(PixelLayout layout) {
    return switch (layout) {
      case I420, NV12, NV21 -> "yuv420p";
      case I422 -> "yuv422p";
      case P010, I420_10 -> "yuv420p10le";
      case I422_10 -> "yuv422p10le";
      case I444_10 -> "yuv444p10le";
      default -> "yuv444p";
    };
  }

  @ParameterizedTest
  @EnumSource(value = PixelLayout.class, mode = EnumSource.Mode.MATCH_NONE, names = ".*_(F16|PRE)")
  void addFrame_smallSizes_keepsPixels(PixelLayout layout) throws IOException {
    Random random = new Random(layout.ordinal());
    List<int[]> sizes = new ArrayList<>();
    for (int side : new int[] {1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 70}) {
      sizes.add(new int[] {side, 1 + random.nextInt(70)});
      sizes.add(new int[] {1 + random.nextInt(70), side});
    }
    for (int[] size : sizes) {
      boolean subsampled =
          layout.isYuv() && layout != PixelLayout.I444 && layout != PixelLayout.I444_10;
      int width = subsampled ? size[0] + (size[0] & 1) : size[0];
      int height = subsampled ? size[1] + (size[1] & 1) : size[1];
      if (layout.isYuv()) {
        assertYuv(layout, width, height);
      } else {
        assertRgb(layout, width, height);
      }
    }
  }

  private static void assertRgb(PixelLayout layout, int width, int height) throws IOException {
    Pixels pixels = Pixels.random(layout, width, height, width * 100L + height);

    DecodedFrame frame =
        Fixtures.roundTrip(
            raw(width, height).pixelFormat("yuv444p").build(), "nut", pixels.frame(layout));

    double max = Pixels.max(layout);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double[] exact =
            Colors.toYuv(
                "bt709",
                false,
                8,
                pixels.red(x, y) / max,
                pixels.green(x, y) / max,
                pixels.blue(x, y) / max);
        for (int c = 0; c < 3; c++) {
          double error = Math.abs(frame.value(c, x, y) - exact[c]);
          assertThat(error)
              .as("%s %dx%d, component %d at %d,%d", layout, width, height, c, x, y)
              .isLessThan(0.51);
        }
      }
    }
  }

  private static void assertYuv(PixelLayout layout, int width, int height) throws IOException {
    ByteBuffer pixels = random(layout, width, height, width * 100L + height);

    DecodedFrame frame =
        Fixtures.roundTrip(
            raw(width, height).pixelFormat(format(layout)).build(),
            "nut",
            VideoFrame.of(layout, width, height, pixels));

    int shift = layout == PixelLayout.P010 ? 6 : 0;
    int size = layout.bytesPerComponent();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * size;
        int luma = size == 1 ? pixels.get(at) & 0xFF : (pixels.getShort(at) & 0xFFFF) >> shift;
        assertThat(frame.value(0, x, y))
            .as("%s %dx%d at %d,%d", layout, width, height, x, y)
            .isEqualTo(luma);
      }
    }
    if (layout.planeCount() == 3 && size == 1) {
      byte[] all = pixels.array();
      assertThat(frame.bytes()).as("%s %dx%d", layout, width, height).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @EnumSource(value = PixelLayout.class, mode = EnumSource.Mode.MATCH_NONE, names = ".*_F(16|32)")
  void addFrame_paddedRows_matchesPackedFrame(PixelLayout layout) throws IOException {
    int width = 38;
    int height = 22;
    ByteBuffer packed = random(layout, width, height, 1);
    List<ByteBuffer> planes = new ArrayList<>();
    int[] strides = new int[layout.planeCount()];
    int from = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      int row = layout.rowBytes(plane, width);
      int rows = layout.planeHeight(plane, height);
      strides[plane] = row + 6 + 4 * plane;
      // the last row has no padding, and the data starts at the position of the buffer
      byte[] padded = Fixtures.noise(10 + strides[plane] * (rows - 1) + row, 2);
      for (int y = 0; y < rows; y++) {
        packed.get(from + y * row, padded, 10 + y * strides[plane], row);
      }
      from += row * rows;
      planes.add(ByteBuffer.wrap(padded).position(10).order(ByteOrder.LITTLE_ENDIAN));
    }
    VideoOptions options =
        VideoOptions.builder(width, height, 25).codec("ffv1").pixelFormat(format(layout)).build();

    byte[] file =
        Fixtures.encode(
            options,
            "mkv",
            VideoFrame.of(layout, width, height, packed),
            VideoFrame.of(layout, width, height, planes, strides));

    List<DecodedFrame> frames = MediaReader.read(file).video(0).frames();
    assertThat(frames.get(1).bytes()).isEqualTo(frames.get(0).bytes());
    assertThat(planes).allMatch(plane -> plane.position() == 10);
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelLayout.class,
      names = {"RGB24", "RGB_PLANAR", "RGBA64", "NV12", "I420", "GRAY8"})
  void addFrame_everyKindOfMemory_encodesSameFrame(PixelLayout layout) throws IOException {
    int width = 34;
    int height = 18;
    ByteBuffer heap = random(layout, width, height, 3);
    ByteBuffer direct = ByteBuffer.allocateDirect(heap.remaining()).order(heap.order());
    direct.put(heap.duplicate()).flip();
    ByteBuffer offset = ByteBuffer.allocate(heap.remaining() + 9).order(heap.order());
    offset.position(5).put(heap.duplicate()).flip().position(5);
    VideoOptions options =
        VideoOptions.builder(width, height, 25).codec("ffv1").pixelFormat(format(layout)).build();

    byte[] file =
        Fixtures.encode(
            options,
            "mkv",
            VideoFrame.of(layout, width, height, heap.array()),
            VideoFrame.of(layout, width, height, heap),
            VideoFrame.of(layout, width, height, direct),
            VideoFrame.of(
                layout, width, height, direct.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN)),
            VideoFrame.of(
                layout, width, height, heap.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN)),
            VideoFrame.of(layout, width, height, offset));

    List<DecodedFrame> frames = MediaReader.read(file).video(0).frames();
    assertThat(frames).hasSize(6);
    assertThat(frames).allSatisfy(f -> assertThat(f.bytes()).isEqualTo(frames.get(0).bytes()));
    assertThat(heap.position()).isZero();
    assertThat(offset.position()).isEqualTo(5);
  }

  @Test
  void addFrame_memoryReusedAtOnce_framesAreUnchanged() throws IOException {
    byte[] reused = new byte[Fixtures.WIDTH * Fixtures.HEIGHT * 3];
    ByteArrayOutput output = new ByteArrayOutput();

    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(Fixtures.options(25).codec("mjpeg").build());
      encoder.openFileLike(output, "mkv");
      for (int i = 0; i < 8; i++) {
        byte[] frame = Fixtures.moving(Fixtures.WIDTH, Fixtures.HEIGHT, i);
        System.arraycopy(frame, 0, reused, 0, reused.length);
        stream.addFrame(Fixtures.rgb24(Fixtures.WIDTH, Fixtures.HEIGHT, reused));
      }
    }

    List<DecodedFrame> frames = MediaReader.read(output.toByteArray()).video(0).frames();
    for (int i = 0; i < 8; i++) {
      assertThat(frames.get(i).psnr(Fixtures.moving(Fixtures.WIDTH, Fixtures.HEIGHT, i)))
          .isGreaterThan(35);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelLayout.class,
      names = {"RGB24", "RGB_PLANAR", "BGRA", "GRAY16", "NV12", "I420_10"})
  void addFrames_batch_matchesSingleFrames(PixelLayout layout) throws IOException {
    int width = 34;
    int height = 18;
    int count = 5;
    int bytes = (int) layout.frameBytes(width, height);
    ByteBuffer all = ByteBuffer.allocate(count * bytes).order(ByteOrder.LITTLE_ENDIAN);
    VideoFrame[] single = new VideoFrame[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer frame = random(layout, width, height, 10 + i);
      single[i] = VideoFrame.of(layout, width, height, frame);
      all.put(frame.duplicate());
    }
    VideoOptions options =
        VideoOptions.builder(width, height, 25).codec("ffv1").pixelFormat(format(layout)).build();
    ByteArrayOutput output = new ByteArrayOutput();

    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFileLike(output, "mkv");
      stream.addFrames(VideoFrames.of(layout, width, height, all.flip()));
      stream.addFrames(VideoFrames.of(layout, width, height, new byte[0]));
    }

    ReadStream batch = MediaReader.read(output.toByteArray()).video(0);
    ReadStream one = MediaReader.read(Fixtures.encode(options, "mkv", single)).video(0);
    assertThat(batch.checksums()).isEqualTo(one.checksums()).hasSize(count);
    assertThat(batch.framePts()).isEqualTo(one.framePts());
  }

  @Test
  void addFrame_layoutChangesEveryFrame_encodesSameFrame() throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.RGB24, 40, 30, 4);
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, pixels.red(x, y) << 16 | pixels.green(x, y) << 8 | pixels.blue(x, y));
      }
    }
    List<VideoFrame> frames = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (PixelLayout layout : PixelLayout.values()) {
        boolean rgb = !layout.isYuv() && !layout.isGray() && !layout.isPremultiplied();
        if (rgb && layout.bytesPerComponent() == 1) {
          frames.add(pixels.frame(layout));
        }
      }
      frames.add(VideoFrame.of(image));
    }

    byte[] file =
        Fixtures.encode(lossless(40, 30).build(), "mkv", frames.toArray(VideoFrame[]::new));

    List<Long> checksums = MediaReader.read(file).video(0).checksums();
    assertThat(checksums).hasSize(frames.size()).containsOnly(checksums.get(0));
  }

  @Test
  void addFrame_byteOrderChanges_encodesSameFrame() throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.RGB48, 40, 30, 5);

    byte[] file =
        Fixtures.encode(
            lossless(40, 30).build(),
            "mkv",
            pixels.frame(PixelLayout.RGB48, ByteOrder.LITTLE_ENDIAN),
            pixels.frame(PixelLayout.RGB48, ByteOrder.BIG_ENDIAN),
            pixels.frame(PixelLayout.RGB48_PLANAR, ByteOrder.BIG_ENDIAN),
            pixels.frame(PixelLayout.RGBA64, ByteOrder.BIG_ENDIAN),
            pixels.frame(PixelLayout.RGBA64, ByteOrder.LITTLE_ENDIAN));

    List<Long> checksums = MediaReader.read(file).video(0).checksums();
    assertThat(checksums).hasSize(5).containsOnly(checksums.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "yuv420p, 65, 48",
    "yuv420p, 64, 47",
    "yuv422p, 65, 48",
    "nv12, 65, 47",
    "yuv420p, 1, 1"
  })
  void openFileLike_oddSizeForSubsampledFormat_isRefusedWithAlternatives(
      String format, int width, int height) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    // each format with an encoder that supports it
    String codec = format.equals("nv12") ? "rawvideo" : "ffv1";
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(
          VideoOptions.builder(width, height, 25).codec(codec).pixelFormat(format).build());

      assertThatThrownBy(() -> encoder.openFileLike(output, "nut"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(width + "x" + height)
          .hasMessageContaining("outputSize(" + (width + (width & 1)))
          .hasMessageContaining("yuv444p");
    }
    assertThat(output.size()).isZero();
  }

  @Test
  void openFileLike_oddSizeWithDefaultFormat_isRefusedNotCropped() throws IOException {
    for (String codec : List.of(Fixtures.h264(), "libopenh264", "libvpx-vp9", "mpeg4")) {
      try (Encoder encoder = Encoder.create()) {
        encoder.addVideo(VideoOptions.builder(65, 47, 25).codec(codec).build());

        assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "mp4"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("even dimensions, not 65x47");
      }
    }
  }

  @Test
  void addFrame_oddHeightOf422_isAccepted() throws IOException {
    byte[] rgb = Fixtures.gradient(64, 47);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 47, 25).codec("ffv1").pixelFormat("yuv422p").build(),
            "mkv",
            Fixtures.rgb24(64, 47, rgb));

    assertThat(frame.height).isEqualTo(47);
    assertThat(frame.psnr(rgb)).isGreaterThan(40);
  }

  @RequiresGpl
  @ParameterizedTest
  @CsvSource({"65, 47", "17, 16", "33, 101"})
  void addFrame_oddSizeInX264yuv444p_matchesSource(int width, int height) throws IOException {
    byte[] rgb = Fixtures.gradient(width, height);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(width, height, 25).codec("libx264").pixelFormat("yuv444p").build(),
            "mp4",
            Fixtures.rgb24(width, height, rgb));

    assertThat(frame.width).isEqualTo(width);
    assertThat(frame.height).isEqualTo(height);
    assertThat(frame.psnr(rgb)).isGreaterThan(Fixtures.GOOD_PSNR);
  }

  @ParameterizedTest
  @CsvSource({
    // in, out
    "64, 48, 128, 96",
    "64, 48, 32, 24",
    "65, 47, 66, 48",
    "65, 47, 64, 46",
    "63, 51, 100, 30",
    "16, 16, 640, 360",
    "1, 1, 16, 16",
  })
  void outputSize_smoothFrame_isScaled(int width, int height, int outWidth, int outHeight)
      throws IOException {
    for (PixelLayout layout : List.of(PixelLayout.RGB24, PixelLayout.RGB_PLANAR)) {
      byte[] rgb = Fixtures.gradient(width, height);
      DecodedFrame frame =
          Fixtures.roundTrip(
              VideoOptions.builder(width, height, 25)
                  .codec("ffv1")
                  .pixelFormat("yuv420p")
                  .outputSize(outWidth, outHeight)
                  .fit(Fit.STRETCH)
                  .build(),
              "mkv",
              VideoFrame.of(
                  layout, width, height, layout == PixelLayout.RGB24 ? rgb : planar(rgb)));

      assertThat(frame.width).isEqualTo(outWidth);
      assertThat(frame.height).isEqualTo(outHeight);
      assertThat(frame.psnr(scaledGradient(width, height, outWidth, outHeight)))
          .isGreaterThan(width == 1 ? 90 : 32);
    }
  }

  private static byte[] planar(byte[] rgb) {
    int pixels = rgb.length / 3;
    byte[] planes = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planes[i % 3 * pixels + i / 3] = rgb[i];
    }
    return planes;
  }

  /** Returns the gradient sampled at the centers of the output pixels, clamped at the edges. */
  private static byte[] scaledGradient(int width, int height, int outWidth, int outHeight) {
    byte[] rgb = new byte[outWidth * outHeight * 3];
    for (int y = 0, i = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        double inX = clamp((x + 0.5) * width / outWidth - 0.5, width - 1);
        double inY = clamp((y + 0.5) * height / outHeight - 0.5, height - 1);
        rgb[i++] = (byte) (255 * inX / Math.max(1, width - 1));
        rgb[i++] = (byte) (255 * inY / Math.max(1, height - 1));
        rgb[i++] = (byte) (255 * (inX + inY) / Math.max(1, width + height - 2));
      }
    }
    return rgb;
  }

  private static double clamp(double value, double max) {
    return Math.max(0, Math.min(max, value));
  }

  @ParameterizedTest
  @CsvSource({"I420", "NV12", "P010", "I444"})
  void outputSize_yuvInput_isScaledAndKeepsColors(PixelLayout layout) throws IOException {
    byte[] rgb = Fixtures.gradient(64, 48);
    ByteBuffer yuv =
        ByteBuffer.allocate((int) layout.frameBytes(64, 48)).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        int i = (y * 64 + x) * 3;
        double[] codes =
            Colors.toYuv(
                "bt709",
                false,
                8,
                (rgb[i] & 0xFF) / 255.0,
                (rgb[i + 1] & 0xFF) / 255.0,
                (rgb[i + 2] & 0xFF) / 255.0);
        for (int c = 0; c < 3; c++) {
          boolean half = layout != PixelLayout.I444 && c > 0;
          if (!half || (x % 2 == 0 && y % 2 == 0)) {
            put(yuv, layout, c, half ? x / 2 : x, half ? y / 2 : y, (int) Math.round(codes[c]));
          }
        }
      }
    }

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 48, 25)
                .codec("ffv1")
                .pixelFormat("yuv420p")
                .outputSize(96, 80)
                .fit(Fit.STRETCH)
                .build(),
            "mkv",
            VideoFrame.of(layout, 64, 48, yuv));

    assertThat(frame.psnr(scaledGradient(64, 48, 96, 80))).isGreaterThan(30);
  }

  private static void put(ByteBuffer yuv, PixelLayout layout, int c, int x, int y, int code) {
    int size = layout.bytesPerComponent();
    int at = 0;
    for (int plane = 0; plane < Math.min(c, layout.planeCount() - 1); plane++) {
      at += layout.rowBytes(plane, 64) * layout.planeHeight(plane, 48);
    }
    if (layout.planeCount() == 2 && c > 0) {
      at += y * layout.rowBytes(1, 64) + (2 * x + c - 1) * size;
    } else {
      at += y * layout.rowBytes(c, 64) + x * size;
    }
    if (size == 1) {
      yuv.put(at, (byte) code);
    } else {
      yuv.putShort(at, (short) (code << 8));
    }
  }

  @Test
  void addFrame_largeFrame_everyStripIsCorrect() throws IOException {
    // packed RGB is loaded in strips of about 128 KiB: 33 rows of 1000 pixels
    int width = 1000;
    int height = 101;
    Pixels pixels = Pixels.random(PixelLayout.BGRA, width, height, 6);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(width, height, 25).codec("png").pixelFormat("rgb24").build(),
            "mkv",
            pixels.frame(PixelLayout.BGRA));

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean same =
            frame.value(0, x, y) == pixels.red(x, y)
                && frame.value(1, x, y) == pixels.green(x, y)
                && frame.value(2, x, y) == pixels.blue(x, y);
        assertThat(same).as("pixel %d,%d", x, y).isTrue();
      }
    }
    assertThat(frame.psnr(new byte[width * height * 3])).isCloseTo(4.8, within(1.5));
  }

  @ParameterizedTest
  @CsvSource({"libopenh264, 14, 64, 16", "libopenh264, 64, 14, 16", "libsvtav1, 30, 64, 32"})
  void openFileLike_belowMinimumSize_isRefused(String codec, int width, int height, int min)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(width, height, 25).codec(codec).build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "mp4"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(min + "x" + min)
          .hasMessageContaining(width + "x" + height);
    }
  }
}
