package io.reelmux.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.passthrough.PassthroughNDManager;
import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FrameSubscriber;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.FrameBatch;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SubmissionPublisher;
import java.util.regex.Pattern;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.bytedeco.javacv.Frame;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/adapters.md}, which runs here. */
class AdaptersPageTest {
  @TempDir Path directory = Path.of("");

  private final Encoder encoder = Encoder.create();
  private Path file = Path.of("");
  private VideoStream video;

  @BeforeEach
  void addVideo() {
    file = directory.resolve("out.mp4");
    video = encoder.addVideo(VideoOptions.of(64, 48, 25));
  }

  @AfterEach
  void close() throws Exception {
    encoder.close();
  }

  private void assertFrames(long count) throws Exception {
    EncodingResult result = encoder.finish();
    assertThat(result.streams().get(0).packets()).isEqualTo(count);
  }

  @Test
  void page_code_isThatOfThisTest() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "adapters.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/reelmux/adapters/AdaptersPageTest.java"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(blocks).hasSize(7);
    assertThat(blocks).allSatisfy(block -> assertThat(source).containsIgnoringWhitespaces(block));
  }

  @Test
  void openCv_region() throws Exception {
    VideoOptions small = VideoOptions.of(32, 24, 25);
    try (Encoder encoder = Encoder.create();
        Mat mat = new Mat(48, 64, opencv_core.CV_8UC3, new Scalar(255, 0, 0, 0))) {
      VideoStream video = encoder.addVideo(small);
      encoder.openFile(file);
      encode(video, mat);
      assertThat(encoder.finish().streams().get(0).packets()).isEqualTo(1);
    }
    try (MediaReader in = MediaReader.open(file)) {
      List<Double> blurred = new ArrayList<>();
      read(in, blurred);
      assertThat(blurred).hasSize(1).allMatch(blue -> blue > 245);
    }
  }

  private static void encode(VideoStream video, Mat mat) throws Exception {
    try (Mat region = mat.apply(new Rect(8, 4, 32, 24))) {
      video.addFrame(OpenCvMats.toVideoFrame(region));
    }
  }

  private static void read(MediaReader in, List<Double> blurred) throws Exception {
    VideoReader frames = in.video(VideoOutput.of(PixelLayout.BGR24));
    for (ReadFrame frame : frames.frames()) {
      try (Mat mat = OpenCvMats.toMat(frame.toUntimedVideoFrame())) {
        blurred.add(opencv_core.mean(mat).get());
      }
    }
  }

  /** Stands in for a grabber, which has FFmpeg's native libraries of its own. */
  private static final class Source {
    private int left = 3;

    @Nullable Frame grab() {
      if (left-- == 0) {
        return null;
      }
      Frame frame = new Frame(64, 48, Frame.DEPTH_UBYTE, 3);
      frame.audioChannels = 1;
      frame.samples = new Buffer[] {ShortBuffer.allocate(1920)};
      return frame;
    }
  }

  @Test
  void javaCv_imagesAndSamples() throws Exception {
    AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
    encoder.openFile(file);
    Source source = new Source();

    for (Frame frame = source.grab(); frame != null; frame = source.grab()) {
      if (frame.image != null) {
        video.addFrame(JavaCvFrames.toVideoFrame(frame));
      }
      if (frame.samples != null) {
        audio.addSamples(JavaCvFrames.toAudioSamples(frame));
      }
    }

    assertFrames(3);
  }

  @Test
  void djl_batches() throws Exception {
    NDManager manager = PassthroughNDManager.INSTANCE;
    NDArray images =
        manager.create(
            ByteBuffer.allocate(10 * 3 * 48 * 64), new Shape(10, 3, 48, 64), DataType.UINT8);
    encoder.openFile(file);

    video.addFrames(DjlArrays.toVideoFrames(images, PixelLayout.RGB_PLANAR));

    assertFrames(10);
    try (MediaReader in = MediaReader.open(file)) {
      assertThat(batch(in, manager).getShape()).isEqualTo(new Shape(3, 3, 48, 64));
    }
  }

  private static NDArray batch(MediaReader in, NDManager manager) throws Exception {
    FrameBatch batch = in.video(VideoOutput.of(PixelLayout.RGB_PLANAR)).framesAt(0, 5, 9);
    NDArray array = DjlArrays.toNdArray(manager, batch.toVideoFrames());
    return array;
  }

  private static void imageView(Image image) {
    assertThat(image.getWidth()).isEqualTo(64);
  }

  @Test
  void javaFx_pixelBuffer() throws Exception {
    encoder.openFile(file);

    PixelBuffer<ByteBuffer> pixels =
        new PixelBuffer<>(
            64, 48, ByteBuffer.allocateDirect(4 * 64 * 48), PixelFormat.getByteBgraPreInstance());
    imageView(new WritableImage(pixels));
    video.addFrame(JavaFxImages.toVideoFrame(pixels));

    assertFrames(1);
  }

  @Test
  void publisher_framesOfTheJdk() throws Exception {
    encoder.openFile(file);
    SubmissionPublisher<VideoFrame> publisher = new SubmissionPublisher<>();
    Thread camera =
        new Thread(
            () -> {
              while (publisher.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
              }
              for (int i = 0; i < 5; i++) {
                publisher.submit(VideoFrame.of(PixelLayout.GRAY8, 64, 48, new byte[64 * 48]));
              }
              publisher.close();
            });
    camera.start();

    FrameSubscriber frames = video.subscriber();
    publisher.subscribe(frames);
    long count = frames.completion().toCompletableFuture().get();

    assertThat(count).isEqualTo(5);
    assertFrames(5);
  }
}
