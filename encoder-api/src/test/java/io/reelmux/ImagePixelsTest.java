package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames over images: the rows match what {@link BufferedImage#getRGB} returns. */
class ImagePixelsTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;
  private static final int FILL = 0x5A;

  static List<Arguments> images() {
    List<Arguments> images = new ArrayList<>();
    for (int type = BufferedImage.TYPE_INT_RGB; type <= BufferedImage.TYPE_BYTE_INDEXED; type++) {
      addWithParts(images, "type " + type, noise(new BufferedImage(WIDTH, HEIGHT, type)));
    }
    addWithParts(images, "custom RGBA bytes", noise(rgbaBytes()));
    addWithParts(images, "custom 16-bit RGB", noise(rgbShorts()));
    addWithParts(images, "BGR with padded rows", noise(paddedBgr()));
    return images;
  }

  private static void addWithParts(List<Arguments> images, String name, BufferedImage image) {
    images.add(Arguments.of(name, image));
    BufferedImage part = image.getSubimage(2, 1, 4, 3);
    images.add(Arguments.of(name + ", part", part));
    images.add(Arguments.of(name + ", part of a part", part.getSubimage(1, 1, 2, 2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void of_image_matchesGetRgb(String name, BufferedImage image) {
    VideoFrame frame = VideoFrame.of(image);

    assertThat(frame.width()).isEqualTo(image.getWidth());
    assertThat(frame.height()).isEqualTo(image.getHeight());
    // packed, aligned, and rows that begin at odd addresses
    for (int padding : new int[] {0, 8, 1, 3}) {
      assertThat(pixels(frame, padding)).isEqualTo(expected(image));
    }
  }

  @Test
  void of_image_readsItOnlyWhenRowsAreCopied() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    VideoFrame frame = VideoFrame.of(image);

    image.setRGB(1, 0, 0x123456);

    assertThat(pixels(frame, 0)).isEqualTo(expected(image));
  }

  @Test
  void isOpaque_onlyIntsWithoutAlpha() {
    for (int type = BufferedImage.TYPE_INT_RGB; type <= BufferedImage.TYPE_BYTE_INDEXED; type++) {
      VideoFrame frame = VideoFrame.of(new BufferedImage(2, 2, type));

      assertThat(frame.isOpaque())
          .isEqualTo(type == BufferedImage.TYPE_INT_RGB || type == BufferedImage.TYPE_INT_BGR)
          .isEqualTo(frame.withOwner(this).withCrop(1, 1, 1, 1).isOpaque());
    }
  }

  @Test
  void of_grayImage_keepsRawValues() {
    BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    bytes.getRaster().setSample(1, 0, 0, 0x80);
    BufferedImage shorts = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    shorts.getRaster().setSample(1, 0, 0, 0x8001);

    ByteBuffer target = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    VideoFrame.of(bytes).copyRows(0, 0, 1, target, 0, 2);
    assertThat(target.get(1) & 0xFF).isEqualTo(0x80);
    VideoFrame.of(shorts).copyRows(0, 0, 1, target, 0, 4);
    assertThat(target.getShort(2) & 0xFFFF).isEqualTo(0x8001);
    assertThat(VideoFrame.of(bytes).layout()).isEqualTo(PixelLayout.GRAY8);
    assertThat(VideoFrame.of(shorts).layout()).isEqualTo(PixelLayout.GRAY16);
  }

  @Test
  void of_grayImageWithAlpha_keepsRawValues() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(3, 2), false, null);
    image.getRaster().setPixel(1, 0, new int[] {0x80, 0x40});
    image.getRaster().setPixel(2, 1, new int[] {0xFF, 0xFF});

    assertThat(pixels(VideoFrame.of(image), 1)).containsExactly(0, 0x40808080, 0, 0, 0, -1);
    assertThat(pixels(VideoFrame.of(image.getSubimage(1, 0, 2, 1)), 0))
        .containsExactly(0x40808080, 0);
  }

  @Test
  void of_sixteenBitImages_keepEveryBit() {
    int[] values = {0x1234, 0xFEDC, 0x0001, 0x8000};
    for (boolean alpha : new boolean[] {false, true}) {
      BufferedImage image = deepImage(ColorSpace.CS_sRGB, alpha, false);
      image.getRaster().setPixel(1, 1, values);
      VideoFrame frame = VideoFrame.of(image.getSubimage(1, 1, 1, 1));
      assertThat(frame.layout()).isEqualTo(alpha ? PixelLayout.RGBA64 : PixelLayout.RGB48);
      assertThat(words(frame)).startsWith(0x1234, 0xFEDC, 0x0001).hasSize(alpha ? 4 : 3);
      assertThat(words(VideoFrame.of(image).withCrop(1, 1, 1, 1))).isEqualTo(words(frame));
    }
    BufferedImage gray = deepImage(ColorSpace.CS_GRAY, true, false);
    gray.getRaster().setPixel(1, 1, values);
    assertThat(words(VideoFrame.of(gray).withCrop(1, 1, 1, 1)))
        .containsExactly(0x1234, 0x1234, 0x1234, 0xFEDC);
    BufferedImage premultiplied = deepImage(ColorSpace.CS_sRGB, true, true);
    premultiplied.getRaster().setPixel(1, 1, new int[] {0x1234, 0x8000, 0, 0x8000});
    assertThat(words(VideoFrame.of(premultiplied).withCrop(1, 1, 1, 1)))
        .containsExactly((0x1234 * 0xFFFF + 0x4000) / 0x8000, 0xFFFF, 0, 0x8000);
  }

  private static BufferedImage deepImage(int space, boolean alpha, boolean premultiplied) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            premultiplied,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(
        model, model.createCompatibleWritableRaster(3, 2), premultiplied, null);
  }

  private static List<Integer> words(VideoFrame frame) {
    int bytes = frame.layout().rowBytes(0, 1);
    ByteBuffer target = ByteBuffer.allocate(bytes).order(frame.order());
    frame.copyRows(0, 0, 1, target, 0, bytes);
    List<Integer> words = new ArrayList<>();
    for (int at = 0; at < bytes; at += 2) {
      words.add(target.getShort(at) & 0xFFFF);
    }
    return words;
  }

  @Test
  void of_sixteenBitPngFile_keepsEveryBit() throws IOException {
    BufferedImage image = deepImage(ColorSpace.CS_sRGB, false, false);
    image.getRaster().setPixel(2, 1, new int[] {0x1234, 0xFEDC, 0x0001});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));

    assertThat(words(VideoFrame.of(read).withCrop(2, 1, 1, 1)))
        .containsExactly(0x1234, 0xFEDC, 0x0001);
  }

  @Test
  void of_imageInAnotherColorSpace_isConvertedToSrgb() {
    // stored like TYPE_3BYTE_BGR, but linear light
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(
            model,
            Raster.createInterleavedRaster(
                new DataBufferByte(12), 2, 2, 6, 3, new int[] {2, 1, 0}, new Point()),
            false,
            null);
    image.getRaster().setPixel(1, 0, new int[] {128, 64, 32});

    assertThat(pixels(VideoFrame.of(image), 0)).isEqualTo(expected(image));
    assertThat(image.getRGB(1, 0)).isNotEqualTo(0xFF804020);
  }

  @Test
  void of_indexedImageWithTransparentColor_keepsTransparency() {
    IndexColorModel model =
        new IndexColorModel(
            2, 3, new byte[] {0, 10, -1}, new byte[] {0, 20, -1}, new byte[] {0, 30, -1}, 2);
    BufferedImage image = new BufferedImage(5, 2, BufferedImage.TYPE_BYTE_BINARY, model);
    image.getRaster().setSample(1, 1, 0, 1);
    image.getRaster().setSample(3, 0, 0, 2);

    assertThat(pixels(VideoFrame.of(image), 0)).isEqualTo(expected(image)).contains(0xFF0A141E);
    assertThat(expected(image)[3] >>> 24).isZero();
  }

  @Test
  void of_typesStoredAsBytes_areNotConverted() {
    assertThat(layout(BufferedImage.TYPE_3BYTE_BGR)).isEqualTo(PixelLayout.BGR24);
    assertThat(layout(BufferedImage.TYPE_4BYTE_ABGR)).isEqualTo(PixelLayout.ABGR);
    assertThat(layout(BufferedImage.TYPE_4BYTE_ABGR_PRE).hasAlpha()).isTrue();
  }

  private static PixelLayout layout(int type) {
    return VideoFrame.of(new BufferedImage(2, 2, type)).layout();
  }

  private static int[] expected(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    if (image.getType() == BufferedImage.TYPE_BYTE_GRAY
        || image.getType() == BufferedImage.TYPE_USHORT_GRAY) {
      // getRGB treats them as linear light
      int max = image.getType() == BufferedImage.TYPE_BYTE_GRAY ? 1 : 257;
      for (int i = 0; i < pixels.length; i++) {
        int x = i % image.getWidth();
        int y = i / image.getWidth();
        pixels[i] = 0xFF000000 | image.getRaster().getSample(x, y, 0) / max * 0x010101;
      }
    }
    return pixels;
  }

  /** Returns all pixels as ARGB, read according to the definition of the layout. */
  private static int[] pixels(VideoFrame frame, int padding) {
    int rowBytes = frame.layout().rowBytes(0, frame.width());
    int stride = rowBytes + padding;
    int position = 5;
    ByteBuffer target =
        ByteBuffer.allocate(position + stride * frame.height() + 9).order(frame.order());
    Arrays.fill(target.array(), (byte) FILL);
    // in two steps: the rows that a thread copies need not begin at the top
    int half = frame.height() / 2;
    frame.copyRows(0, half, frame.height() - half, target, position + half * stride, stride);
    if (half > 0) {
      frame.copyRows(0, 0, half, target, position, stride);
    }
    for (int i = 0; i < position; i++) {
      assertThat(target.get(i)).isEqualTo((byte) FILL);
    }
    int end = position + stride * (frame.height() - 1) + rowBytes;
    for (int i = end; i < target.limit(); i++) {
      assertThat(target.get(i)).isEqualTo((byte) FILL);
    }
    int[] pixels = new int[frame.width() * frame.height()];
    int pixelBytes = frame.layout().rowBytes(0, 1);
    for (int i = 0; i < pixels.length; i++) {
      int at = position + i / frame.width() * stride + i % frame.width() * pixelBytes;
      int pixel = argb(frame.layout(), target, at);
      pixels[i] = frame.isOpaque() ? pixel | 0xFF000000 : pixel;
    }
    return pixels;
  }

  private static int argb(PixelLayout layout, ByteBuffer bytes, int at) {
    return switch (layout) {
      case BGR24 -> argb(255, bytes.get(at + 2), bytes.get(at + 1), bytes.get(at));
      case ABGR -> argb(bytes.get(at), bytes.get(at + 3), bytes.get(at + 2), bytes.get(at + 1));
      case ARGB -> argb(bytes.get(at), bytes.get(at + 1), bytes.get(at + 2), bytes.get(at + 3));
      case BGRA -> argb(bytes.get(at + 3), bytes.get(at + 2), bytes.get(at + 1), bytes.get(at));
      case RGBA -> argb(bytes.get(at + 3), bytes.get(at), bytes.get(at + 1), bytes.get(at + 2));
      case GRAY8 -> argb(255, bytes.get(at), bytes.get(at), bytes.get(at));
      case RGB48 -> argb(255, deep(bytes, at), deep(bytes, at + 2), deep(bytes, at + 4));
      case RGBA64 ->
          argb(deep(bytes, at + 6), deep(bytes, at), deep(bytes, at + 2), deep(bytes, at + 4));
      case GRAY16 -> {
        int gray = (bytes.getShort(at) & 0xFFFF) / 257;
        yield argb(255, gray, gray, gray);
      }
      default -> throw new AssertionError("not a layout of images: " + layout);
    };
  }

  private static int deep(ByteBuffer bytes, int at) {
    return ((bytes.getShort(at) & 0xFFFF) * 255 + 32_767) / 65_535;
  }

  private static int argb(int a, int r, int g, int b) {
    return (a & 0xFF) << 24 | (r & 0xFF) << 16 | (g & 0xFF) << 8 | (b & 0xFF);
  }

  private static BufferedImage noise(BufferedImage image) {
    Random random = new Random(7);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  private static BufferedImage rgbaBytes() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    return custom(
        new BufferedImage(model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null));
  }

  private static BufferedImage rgbShorts() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return custom(
        new BufferedImage(model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null));
  }

  /** TYPE_3BYTE_BGR with padded rows. */
  private static BufferedImage paddedBgr() {
    int stride = 3 * WIDTH + 4;
    DataBufferByte data = new DataBufferByte(stride * HEIGHT);
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(
            model,
            Raster.createInterleavedRaster(
                data, WIDTH, HEIGHT, stride, 3, new int[] {2, 1, 0}, new Point()),
            false,
            null);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
    return image;
  }

  private static BufferedImage custom(BufferedImage image) {
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_CUSTOM);
    return image;
  }
}
