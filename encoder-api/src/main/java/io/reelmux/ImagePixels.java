package io.reelmux;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.SinglePixelPackedSampleModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * The pixels of a {@link BufferedImage}. Common types are copied straight from memory, {@link
 * DeepPixels} keeps 16 bits per component, and the others (indexed, 555, 565, premultiplied, other
 * color spaces than sRGB, custom) go through {@link BufferedImage#getRGB}.
 *
 * <p>Gray images, with or without alpha, are read as sRGB gray, as Java 2D draws them, not as the
 * linear light that their color model specifies.
 */
final class ImagePixels {

  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** The layout of ints 0xAARRGGBB in memory. */
  static final PixelLayout ARGB_INTS = LITTLE ? PixelLayout.BGRA : PixelLayout.ARGB;

  private ImagePixels() {}

  /** Returns a frame over the image, which is read when the frame is added. */
  static VideoFrame frame(BufferedImage image) {
    if (hasForeignColors(image)) {
      return any(image);
    }
    int width = image.getWidth();
    int height = image.getHeight();
    PixelLayout rgba = LITTLE ? PixelLayout.RGBA : PixelLayout.ABGR;
    return switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR -> bytes(image, PixelLayout.BGR24, 2);
      case BufferedImage.TYPE_4BYTE_ABGR -> bytes(image, PixelLayout.ABGR, 3);
      case BufferedImage.TYPE_BYTE_GRAY -> bytes(image, PixelLayout.GRAY8, 0);
      case BufferedImage.TYPE_USHORT_GRAY ->
          new VideoFrame(PixelLayout.GRAY16, width, height, new ShortPixels(image));
      case BufferedImage.TYPE_INT_ARGB ->
          new VideoFrame(ARGB_INTS, width, height, new IntPixels(image, false));
      case BufferedImage.TYPE_INT_RGB ->
          new VideoFrame(ARGB_INTS, width, height, new IntPixels(image, true));
      case BufferedImage.TYPE_INT_BGR ->
          new VideoFrame(rgba, width, height, new IntPixels(image, true));
      default -> DeepPixels.handles(image) ? DeepPixels.frame(image) : any(image);
    };
  }

  /** Such as Adobe RGB, which Java 2D converts to sRGB. */
  private static boolean hasForeignColors(BufferedImage image) {
    ColorSpace space = image.getColorModel().getColorSpace();
    return space.getType() != ColorSpace.TYPE_GRAY && !space.isCS_sRGB();
  }

  private static VideoFrame any(BufferedImage image) {
    return new VideoFrame(
        ARGB_INTS,
        image.getWidth(),
        image.getHeight(),
        isGray(image) ? new GrayPixels(image) : new AnyPixels(image));
  }

  /** Gray with alpha, as in PNG files, or of a bit depth without an image type of its own. */
  private static boolean isGray(BufferedImage image) {
    return image.getColorModel() instanceof ComponentColorModel model
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !model.isAlphaPremultiplied()
        && model.getTransferType() == DataBuffer.TYPE_BYTE;
  }

  private static VideoFrame bytes(BufferedImage image, PixelLayout layout, int firstBand) {
    Raster raster = image.getRaster();
    SampleModel model = raster.getSampleModel();
    if (!(model instanceof ComponentSampleModel component)
        || !(raster.getDataBuffer() instanceof DataBufferByte data)
        || component.getPixelStride() != layout.rowBytes(0, 1)) {
      return any(image);
    }
    // the band with the lowest address starts the pixel
    int offset = data.getOffset() + component.getBandOffsets()[firstBand] + origin(image, model);
    ByteBuffer buffer = ByteBuffer.wrap(data.getData());
    BufferPixels pixels =
        new BufferPixels(
            new ByteBuffer[] {buffer},
            new int[] {offset},
            new int[] {component.getScanlineStride()});
    return new VideoFrame(layout, image.getWidth(), image.getHeight(), pixels);
  }

  /**
   * Returns the offset of the image's corner in the data buffer, which subimages share with their
   * parent.
   */
  private static int origin(BufferedImage image, SampleModel model) {
    Raster raster = image.getRaster();
    int x = raster.getMinX() - raster.getSampleModelTranslateX();
    int y = raster.getMinY() - raster.getSampleModelTranslateY();
    if (model instanceof ComponentSampleModel component) {
      return y * component.getScanlineStride() + x * component.getPixelStride();
    }
    return y * ((SinglePixelPackedSampleModel) model).getScanlineStride() + x;
  }

  /** Returns a view of one row, which may begin at any byte. */
  private static ByteBuffer row(ByteBuffer target, int position, int rowBytes) {
    return target.slice(position, rowBytes).order(ByteOrder.nativeOrder());
  }

  /** One int per pixel, in native order. */
  private static final class IntPixels implements PixelSource {
    private final int[] data;
    private final int offset;
    private final int stride;
    private final boolean opaque;

    IntPixels(BufferedImage image, boolean opaque) {
      DataBuffer buffer = image.getRaster().getDataBuffer();
      SampleModel model = image.getRaster().getSampleModel();
      this.data = ((DataBufferInt) buffer).getData();
      this.offset = buffer.getOffset() + origin(image, model);
      this.stride = ((SinglePixelPackedSampleModel) model).getScanlineStride();
      this.opaque = opaque;
    }

    @Override
    public void copyRows(
        int plane,
        int row,
        int rows,
        int skip,
        int rowBytes,
        ByteBuffer target,
        int position,
        int step) {
      int width = rowBytes / Integer.BYTES;
      if (step % Integer.BYTES != 0) {
        for (int y = 0; y < rows; y++) {
          IntBuffer line = row(target, position + y * step, rowBytes).asIntBuffer();
          line.put(0, data, first(row + y, skip), width);
        }
        return;
      }
      // one view of all rows: a view of each would be garbage
      int bytes = (rows - 1) * step + rowBytes;
      IntBuffer lines = row(target, position, bytes).asIntBuffer();
      for (int y = 0; y < rows; y++) {
        lines.put(y * step / Integer.BYTES, data, first(row + y, skip), width);
      }
    }

    private int first(int row, int skip) {
      return offset + row * stride + skip / Integer.BYTES;
    }

    /** The highest byte of their ints is undefined. */
    @Override
    public boolean isOpaque() {
      return opaque;
    }

    @Override
    public ByteOrder order() {
      return ByteOrder.nativeOrder();
    }
  }

  /** One unsigned short per pixel. */
  private static final class ShortPixels implements PixelSource {
    private final short[] data;
    private final int offset;
    private final int stride;

    ShortPixels(BufferedImage image) {
      DataBuffer buffer = image.getRaster().getDataBuffer();
      ComponentSampleModel model = (ComponentSampleModel) image.getRaster().getSampleModel();
      this.data = ((DataBufferUShort) buffer).getData();
      this.offset = buffer.getOffset() + model.getBandOffsets()[0] + origin(image, model);
      this.stride = model.getScanlineStride();
    }

    @Override
    public void copyRows(
        int plane,
        int row,
        int rows,
        int skip,
        int rowBytes,
        ByteBuffer target,
        int position,
        int step) {
      int width = rowBytes / Short.BYTES;
      if (step % Short.BYTES != 0) {
        for (int y = 0; y < rows; y++) {
          ShortBuffer line = row(target, position + y * step, rowBytes).asShortBuffer();
          line.put(0, data, first(row + y, skip), width);
        }
        return;
      }
      int bytes = (rows - 1) * step + rowBytes;
      ShortBuffer lines = row(target, position, bytes).asShortBuffer();
      for (int y = 0; y < rows; y++) {
        lines.put(y * step / Short.BYTES, data, first(row + y, skip), width);
      }
    }

    private int first(int row, int skip) {
      return offset + row * stride + skip / Short.BYTES;
    }

    @Override
    public ByteOrder order() {
      return ByteOrder.nativeOrder();
    }
  }

  /** Gray samples as stored, with their alpha if there is any. */
  private static final class GrayPixels implements PixelSource {
    private final BufferedImage image;

    GrayPixels(BufferedImage image) {
      this.image = image;
    }

    @Override
    public void copyRows(
        int plane,
        int row,
        int rows,
        int skip,
        int rowBytes,
        ByteBuffer target,
        int position,
        int step) {
      boolean alpha = image.getColorModel().hasAlpha();
      int left = skip / Integer.BYTES;
      int[] line = new int[rowBytes / Integer.BYTES];
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < line.length; x++) {
          int opacity = alpha ? eightBits(1, left + x, row + y) : 0xFF;
          line[x] = opacity << 24 | eightBits(0, left + x, row + y) * 0x010101;
        }
        row(target, position + y * step, rowBytes).asIntBuffer().put(line);
      }
    }

    private int eightBits(int band, int x, int y) {
      int max = (1 << image.getColorModel().getComponentSize(band)) - 1;
      return (image.getRaster().getSample(x, y, band) * 255 + max / 2) / max;
    }

    @Override
    public ByteOrder order() {
      return ByteOrder.nativeOrder();
    }
  }

  /** Any other image, converted by its color model. */
  private static final class AnyPixels implements PixelSource {
    private final BufferedImage image;

    AnyPixels(BufferedImage image) {
      this.image = image;
    }

    @Override
    public void copyRows(
        int plane,
        int row,
        int rows,
        int skip,
        int rowBytes,
        ByteBuffer target,
        int position,
        int step) {
      int width = rowBytes / Integer.BYTES;
      int[] line = new int[width];
      for (int y = 0; y < rows; y++) {
        image.getRGB(skip / Integer.BYTES, row + y, width, 1, line, 0, width);
        row(target, position + y * step, rowBytes).asIntBuffer().put(line);
      }
    }

    @Override
    public ByteOrder order() {
      return ByteOrder.nativeOrder();
    }
  }
}
