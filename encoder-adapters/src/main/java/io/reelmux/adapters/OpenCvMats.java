package io.reelmux.adapters;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * OpenCV's {@link Mat}, in the classes of {@code org.bytedeco:opencv}. By OpenCV's convention three
 * channels are blue, green, red:
 *
 * <table>
 *   <caption>Types without a layout given</caption>
 *   <thead><tr><th>type</th><th>layout</th></tr></thead>
 *   <tbody>
 *     <tr><td>{@code CV_8UC1}</td><td>{@link PixelLayout#GRAY8}</td></tr>
 *     <tr><td>{@code CV_8UC3}</td><td>{@link PixelLayout#BGR24}</td></tr>
 *     <tr><td>{@code CV_8UC4}</td><td>{@link PixelLayout#BGRA}</td></tr>
 *     <tr><td>{@code CV_16UC1}</td><td>{@link PixelLayout#GRAY16}</td></tr>
 *     <tr><td>{@code CV_32FC1}</td><td>{@link PixelLayout#GRAY_F32}</td></tr>
 *   </tbody>
 * </table>
 */
public final class OpenCvMats {
  private static final Map<Integer, PixelLayout> LAYOUTS =
      new TreeMap<>(
          Map.of(
              opencv_core.CV_8UC1, PixelLayout.GRAY8,
              opencv_core.CV_8UC3, PixelLayout.BGR24,
              opencv_core.CV_8UC4, PixelLayout.BGRA,
              opencv_core.CV_16UC1, PixelLayout.GRAY16,
              opencv_core.CV_32FC1, PixelLayout.GRAY_F32));

  /** By OpenCV's number. */
  private static final List<String> DEPTHS =
      List.of("8U", "8S", "16U", "16S", "32S", "32F", "64F", "16F");

  private OpenCvMats() {}

  /**
   * Returns a frame over a matrix, or over a region of one. Nothing is copied.
   *
   * @param mat of two dimensions and a type of the table above; the frame keeps it reachable, and
   *     it must not be released or changed until the frame has been added
   * @return a frame over the same memory
   * @throws IllegalArgumentException if the matrix is empty, or has another number of dimensions or
   *     another type
   */
  public static VideoFrame toVideoFrame(Mat mat) {
    PixelLayout layout = LAYOUTS.get(mat.type());
    if (layout == null) {
      throw new IllegalArgumentException(
          name(mat.type())
              + " has no layout by convention; "
              + String.join(", ", LAYOUTS.keySet().stream().map(OpenCvMats::name).toList())
              + " have; convert it, or name the layout: toVideoFrame(mat, layout)");
    }
    return toVideoFrame(mat, layout);
  }

  /**
   * Returns a frame over a matrix whose channels are in another order than OpenCV's, such as the
   * result of {@code COLOR_BGR2RGB}. Nothing is copied.
   *
   * @param mat of two dimensions; the frame keeps it reachable, and it must not be released or
   *     changed until the frame has been added
   * @param layout a layout of one plane, with as many channels of the same type
   * @return a frame over the same memory
   * @throws IllegalArgumentException if the matrix is empty, or has another number of dimensions or
   *     a type that is not the layout's
   */
  public static VideoFrame toVideoFrame(Mat mat, PixelLayout layout) {
    Objects.requireNonNull(layout, "layout");
    if (mat.empty() || mat.dims() != 2) {
      throw new IllegalArgumentException(
          "matrix of " + mat.dims() + " dimensions and " + mat.total() + " elements: must be 2D");
    }
    if (mat.type() != type(layout)) {
      throw new IllegalArgumentException(
          name(mat.type()) + " does not hold " + layout + ", which is " + name(type(layout)));
    }
    int width = mat.cols();
    int height = mat.rows();
    long step = mat.step(0);
    long bytes = step * (height - 1) + layout.rowBytes(0, width);
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          width + "x" + height + " with a step of " + step + ": more than 2 GiB");
    }
    ByteBuffer memory = mat.data().capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    return VideoFrame.of(layout, width, height, List.of(memory), (int) step).withOwner(mat);
  }

  /**
   * Returns a matrix with a copy of a frame's pixels.
   *
   * @param frame in one of the layouts of the table above
   * @return a matrix of its own, which the caller releases
   * @throws IllegalArgumentException if the frame has another layout
   */
  public static Mat toMat(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    if (!LAYOUTS.containsValue(layout)) {
      throw FrameBytes.unsupported(layout, "a matrix", LAYOUTS.values());
    }
    Mat mat = new Mat(frame.height(), frame.width(), type(layout));
    long bytes = layout.frameBytes(frame.width(), frame.height());
    BytePointer data = mat.data();
    // a new matrix has no padding
    FrameBytes.copy(frame, data.capacity(bytes).asByteBuffer());
    return mat;
  }

  private static int type(PixelLayout layout) {
    if (layout.planeCount() != 1) {
      throw new IllegalArgumentException(
          layout + " has " + layout.planeCount() + " planes, which are not channels of a matrix");
    }
    int channels = layout.rowBytes(0, 1) / layout.bytesPerComponent();
    int depth =
        switch (layout.bytesPerComponent()) {
          case 1 -> opencv_core.CV_8U;
          case 2 -> opencv_core.CV_16U;
          default -> opencv_core.CV_32F;
        };
    return opencv_core.CV_MAKETYPE(depth, channels);
  }

  private static String name(int type) {
    String depth = DEPTHS.get(opencv_core.CV_MAT_DEPTH(type));
    return "CV_" + depth + "C" + opencv_core.CV_MAT_CN(type);
  }
}
