package io.reelmux.adapters;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Arrays of Deep Java Library ({@code ai.djl:api}), with any of its engines. A layout of one plane
 * is an array of (height, width, channels), one of three planes of (3, height, width), and a batch
 * has the number of frames before. Bytes are {@code UINT8}, two bytes {@code UINT16} or {@code
 * FLOAT16}, floats {@code FLOAT32}.
 *
 * <p>Layouts in Y'CbCr have no form as an array.
 */
public final class DjlArrays {
  private static final Set<PixelLayout> LAYOUTS = EnumSet.allOf(PixelLayout.class);

  static {
    LAYOUTS.removeIf(PixelLayout::isYuv);
  }

  private DjlArrays() {}

  /**
   * Returns frames with a copy of an array's values. The array may be closed at once.
   *
   * @param array of (N, height, width, channels) or (N, 3, height, width), or of one frame without
   *     the N; on any device
   * @param layout the order of the channels and of the dimensions
   * @return N frames with memory of their own
   * @throws IllegalArgumentException if the type or the shape is not the layout's
   */
  public static VideoFrames toVideoFrames(NDArray array, PixelLayout layout) {
    if (!LAYOUTS.contains(layout)) {
      throw FrameBytes.unsupported(layout, "an array", LAYOUTS);
    }
    long[] shape = array.getShape().getShape();
    long[] frame = Arrays.copyOfRange(shape, Math.max(0, shape.length - 3), shape.length);
    boolean planar = layout.planeCount() > 1;
    int channels = channels(layout);
    boolean fits = (shape.length == 3 || shape.length == 4) && frame[planar ? 0 : 2] == channels;
    if (!fits || array.getDataType() != type(layout)) {
      String one = planar ? "3, height, width" : "height, width, " + channels;
      throw new IllegalArgumentException(
          "array of %s, %s: %s requires %s of (%s) or (N, %s)"
              .formatted(
                  array.getShape(),
                  array.getDataType().name().toUpperCase(Locale.ROOT),
                  layout,
                  type(layout),
                  one,
                  one));
    }
    int height = Math.toIntExact(frame[planar ? 1 : 0]);
    int width = Math.toIntExact(frame[planar ? 2 : 1]);
    ByteBuffer values = array.toByteBuffer().order(ByteOrder.nativeOrder());
    return VideoFrames.of(layout, width, height, values);
  }

  /**
   * Returns an array with a copy of a frame's values.
   *
   * @param manager makes the array, and owns it
   * @param frame in any layout but Y'CbCr
   * @return an array of (height, width, channels) or (3, height, width)
   * @throws IllegalArgumentException if the layout is Y'CbCr
   */
  public static NDArray toNdArray(NDManager manager, VideoFrame frame) {
    ByteBuffer values = allocate(manager, frame.layout(), frame.width(), frame.height(), 1);
    FrameBytes.copy(frame, values);
    Shape shape = shape(frame.layout(), frame.width(), frame.height());
    return manager.create(values.flip(), shape, type(frame.layout()));
  }

  /**
   * Returns an array with a copy of the values of a batch, such as {@code
   * FrameBatch.toVideoFrames()}.
   *
   * @param manager makes the array, and owns it
   * @param frames in any layout but Y'CbCr
   * @return an array of (N, height, width, channels) or (N, 3, height, width)
   * @throws IllegalArgumentException if the layout is Y'CbCr, or the batch exceeds 2 GiB
   */
  public static NDArray toNdArray(NDManager manager, VideoFrames frames) {
    PixelLayout layout = frames.layout();
    ByteBuffer values = allocate(manager, layout, frames.width(), frames.height(), frames.count());
    for (int i = 0; i < frames.count(); i++) {
      FrameBytes.copy(frames.frame(i), values);
    }
    Shape shape = shape(layout, frames.width(), frames.height());
    Shape batch = new Shape(frames.count()).addAll(shape);
    return manager.create(values.flip(), batch, type(layout));
  }

  private static ByteBuffer allocate(
      NDManager manager, PixelLayout layout, int width, int height, int count) {
    if (!LAYOUTS.contains(layout)) {
      throw FrameBytes.unsupported(layout, "an array", LAYOUTS);
    }
    long bytes = layout.frameBytes(width, height) * count;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          count + " frames of " + width + "x" + height + " in " + layout + ": more than 2 GiB");
    }
    return manager.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
  }

  private static Shape shape(PixelLayout layout, int width, int height) {
    return layout.planeCount() > 1
        ? new Shape(layout.planeCount(), height, width)
        : new Shape(height, width, channels(layout));
  }

  private static int channels(PixelLayout layout) {
    return layout.planeCount() > 1
        ? layout.planeCount()
        : layout.rowBytes(0, 1) / layout.bytesPerComponent();
  }

  private static DataType type(PixelLayout layout) {
    return switch (layout.bytesPerComponent()) {
      case 1 -> DataType.UINT8;
      case 2 -> layout.isFloat() ? DataType.FLOAT16 : DataType.UINT16;
      default -> DataType.FLOAT32;
    };
  }
}
