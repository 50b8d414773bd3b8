package io.reelmux.adapters;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;

/**
 * Images of JavaFX ({@code org.openjfx:javafx-graphics}). An image that a scene shows may be read
 * and written by the JavaFX application thread only.
 */
public final class JavaFxImages {
  private static final Map<PixelLayout, PixelFormat<ByteBuffer>> FORMATS =
      new EnumMap<>(
          Map.of(
              PixelLayout.BGRA_PRE, PixelFormat.getByteBgraPreInstance(),
              PixelLayout.BGRA, PixelFormat.getByteBgraInstance(),
              PixelLayout.RGB24, PixelFormat.getByteRgbInstance()));

  private JavaFxImages() {}

  /**
   * Returns a frame with a copy of an image's pixels. JavaFX gives no access to the memory of an
   * image; {@link #toVideoFrame(PixelBuffer)} copies nothing.
   *
   * @param image has been loaded
   * @return a frame in {@link PixelLayout#BGRA_PRE} with memory of its own
   * @throws IllegalArgumentException if the image is still loading, or could not be loaded
   */
  public static VideoFrame toVideoFrame(Image image) {
    PixelReader reader = image.getPixelReader();
    if (reader == null) {
      throw new IllegalArgumentException(
          "the image "
              + (image.isError() ? "could not be loaded" : "is loading")
              + ": it has no pixels",
          image.getException());
    }
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    ByteBuffer pixels = ByteBuffer.allocate(Math.multiplyExact(4, width * height));
    reader.getPixels(0, 0, width, height, PixelFormat.getByteBgraPreInstance(), pixels, 4 * width);
    return VideoFrame.of(PixelLayout.BGRA_PRE, width, height, pixels.clear());
  }

  /**
   * Returns a frame over the pixels of a {@code WritableImage} that was made of this buffer.
   *
   * @param pixels of bytes, of which nothing is copied, and which must not change until the frame
   *     has been added; or of integers, which are copied
   * @return a frame in {@link PixelLayout#BGRA_PRE}
   * @throws IllegalArgumentException if the buffer has another format than JavaFX allows today
   */
  public static VideoFrame toVideoFrame(PixelBuffer<?> pixels) {
    ByteBuffer bytes =
        switch (pixels.getPixelFormat().getType()) {
          case BYTE_BGRA_PRE -> (ByteBuffer) pixels.getBuffer();
          case INT_ARGB_PRE -> bytes((IntBuffer) pixels.getBuffer());
          default ->
              throw new IllegalArgumentException(
                  pixels.getPixelFormat().getType()
                      + " has no layout; BYTE_BGRA_PRE and INT_ARGB_PRE have");
        };
    int width = pixels.getWidth();
    int height = pixels.getHeight();
    int length = (int) PixelLayout.BGRA_PRE.frameBytes(width, height);
    return VideoFrame.of(PixelLayout.BGRA_PRE, width, height, bytes.slice(0, length));
  }

  private static ByteBuffer bytes(IntBuffer pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, pixels.capacity()));
    // 0xAARRGGBB in little-endian order is B, G, R, A
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(pixels.duplicate().clear());
    return bytes;
  }

  /**
   * Returns an image with a copy of a frame's pixels.
   *
   * @param frame in {@link PixelLayout#BGRA_PRE}, {@link PixelLayout#BGRA} or {@link
   *     PixelLayout#RGB24}
   * @return an image of its own, which no scene shows yet
   * @throws IllegalArgumentException if the frame has another layout
   */
  public static WritableImage toImage(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    PixelFormat<ByteBuffer> format = FORMATS.get(layout);
    if (format == null) {
      throw FrameBytes.unsupported(layout, "an image of JavaFX", FORMATS.keySet());
    }
    int width = frame.width();
    int height = frame.height();
    ByteBuffer pixels = ByteBuffer.allocate(Math.toIntExact(layout.frameBytes(width, height)));
    FrameBytes.copy(frame, pixels);
    WritableImage image = new WritableImage(width, height);
    image
        .getPixelWriter()
        .setPixels(0, 0, width, height, format, pixels.flip(), layout.rowBytes(0, width));
    return image;
  }
}
