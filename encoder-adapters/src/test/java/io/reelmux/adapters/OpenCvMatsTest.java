package io.reelmux.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoOutput;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Matrices of the real OpenCV. */
class OpenCvMatsTest {
  @TempDir Path directory = Path.of("");

  private static byte[] bytes(VideoFrame frame) {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) frame.layout().frameBytes(frame.width(), frame.height()));
    FrameBytes.copy(frame, bytes);
    return bytes.array();
  }

  /** 5x4 pixels whose blue is 10 * y + x. */
  private static Mat numbered() {
    Mat mat = new Mat(4, 5, opencv_core.CV_8UC3, new Scalar(0, 1, 2, 0));
    try (UByteIndexer pixels = mat.createIndexer()) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 5; x++) {
          pixels.put(y, x, 0, 10 * y + x);
        }
      }
    }
    return mat;
  }

  @Test
  void toVideoFrame_region_hasItsPixelsByTheStride() {
    try (Mat mat = numbered();
        Mat region = mat.apply(new Rect(1, 2, 2, 2))) {
      VideoFrame frame = OpenCvMats.toVideoFrame(region);

      assertThat(frame.layout()).isEqualTo(PixelLayout.BGR24);
      assertThat(region.isContinuous()).isFalse();
      assertThat(bytes(frame)).containsExactly(21, 1, 2, 22, 1, 2, 31, 1, 2, 32, 1, 2);
    }
  }

  @Test
  void toVideoFrame_matrixChangesAfterward_frameShowsIt() {
    try (Mat mat = numbered()) {
      VideoFrame frame = OpenCvMats.toVideoFrame(mat);
      mat.put(new Scalar(7, 8, 9, 0));

      assertThat(bytes(frame)).startsWith(7, 8, 9, 7, 8, 9);
    }
  }

  @Test
  void toVideoFrame_frameReachable_keepsTheMatrix() {
    Mat mat = numbered();
    WeakReference<Mat> reachable = new WeakReference<>(mat);
    VideoFrame frame = OpenCvMats.toVideoFrame(mat);
    mat = null;

    System.gc();

    assertThat(reachable.get()).isNotNull();
    assertThat(bytes(frame)).startsWith(0, 1, 2, 1, 1, 2);
    Reference.reachabilityFence(frame);
  }

  @Test
  void toVideoFrame_layoutNamed_takesTheChannelsInItsOrder() {
    try (Mat floats = new Mat(1, 1, opencv_core.CV_32FC3, new Scalar(0.5, 0.25, 1, 0))) {
      VideoFrame frame = OpenCvMats.toVideoFrame(floats, PixelLayout.RGB_F32);

      ByteBuffer values = ByteBuffer.wrap(bytes(frame)).order(ByteOrder.nativeOrder());
      assertThat(values.getFloat()).isEqualTo(0.5f);
      assertThat(values.getFloat()).isEqualTo(0.25f);
      assertThat(values.getFloat()).isEqualTo(1f);
    }
  }

  @Test
  void toVideoFrame_typeWithoutLayout_isRefusedByName() {
    try (Mat doubles = new Mat(2, 2, opencv_core.CV_64FC1);
        Mat bytes = new Mat(2, 2, opencv_core.CV_8UC3);
        Mat empty = new Mat()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OpenCvMats.toVideoFrame(doubles))
          .withMessageContaining("CV_64FC1 has no layout")
          .withMessageContaining("CV_8UC1, CV_16UC1, CV_32FC1, CV_8UC3, CV_8UC4");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OpenCvMats.toVideoFrame(bytes, PixelLayout.RGBA))
          .withMessage("CV_8UC3 does not hold RGBA, which is CV_8UC4");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OpenCvMats.toVideoFrame(bytes, PixelLayout.I420))
          .withMessage("I420 has 3 planes, which are not channels of a matrix");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OpenCvMats.toVideoFrame(empty))
          .withMessageContaining("must be 2D");
    }
  }

  @Test
  void toMat_layoutOfAnotherOrder_isRefused() {
    VideoFrame rgb = VideoFrame.of(PixelLayout.RGB24, 1, 1, new byte[3]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenCvMats.toMat(rgb))
        .withMessage(
            "RGB24 has no form as a matrix; these have: BGR24, BGRA, GRAY8, GRAY16, GRAY_F32");
  }

  @Test
  void toMat_bigEndianGray_isInNativeOrder() {
    ByteBuffer big = ByteBuffer.allocate(4).putShort((short) 258).putShort((short) 772).flip();

    try (Mat mat = OpenCvMats.toMat(VideoFrame.of(PixelLayout.GRAY16, 2, 1, big))) {
      assertThat(mat.ptr(0).getShort()).isEqualTo((short) 258);
      assertThat(mat.ptr(0).getShort(2)).isEqualTo((short) 772);
    }
  }

  @Test
  void matrix_encodedAndRead_isTheSameMatrix() throws Exception {
    Path file = directory.resolve("mat.mkv");
    VideoOptions lossless =
        VideoOptions.builder(5, 4, 25).codec("ffv1").quality(Quality.LOSSLESS).build();
    try (Mat mat = numbered();
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(lossless);
      encoder.openFile(file);
      video.addFrame(OpenCvMats.toVideoFrame(mat));
      encoder.finish();
      try (MediaReader in = MediaReader.open(file)) {
        VideoFrame read =
            in.video(VideoOutput.of(PixelLayout.BGR24)).frame(0).toUntimedVideoFrame();
        try (Mat back = OpenCvMats.toMat(read);
            Mat difference = new Mat()) {
          opencv_core.absdiff(mat, back, difference);

          assertThat(back.type()).isEqualTo(opencv_core.CV_8UC3);
          assertThat(opencv_core.sumElems(difference).get()).isZero();
        }
      }
    }
  }
}
