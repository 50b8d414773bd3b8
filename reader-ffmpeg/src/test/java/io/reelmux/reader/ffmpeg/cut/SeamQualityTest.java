package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.FrameRate;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cut.Chunk;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.ParallelEncoder;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seam is not seen: frames beside it are as good as in one piece with the same key frames. With a
 * constant quantizer there is no difference at all. With a constant rate factor, the encoder
 * spreads bits by what it has seen before and what comes after, of which a chunk has less: the
 * difference, as with any other choice of key frames, is the greater the smaller the frames are.
 */
@RequiresFfmpegCli
class SeamQualityTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;
  private static final int FRAMES = 288;
  private static final int PIXELS = WIDTH * HEIGHT;
  private static final int FRAME_BYTES = PIXELS * 3 / 2;
  private static final FrameRate RATE = FrameRate.of(24);
  private static final int BESIDE = 12;

  @TempDir private static Path folder;
  private static byte[] source = {};

  @BeforeAll
  static void makeSource() throws Exception {
    Path raw = folder.resolve("source.yuv");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "mandelbrot=s=192x108:r=24",
        "-frames:v",
        "288",
        "-vf",
        "noise=alls=6:allf=t",
        "-pix_fmt",
        "yuv420p",
        "-f",
        "rawvideo",
        raw.toString());
    source = Files.readAllBytes(raw);
  }

  private static VideoFrame frame(long number) {
    ByteBuffer pixels = ByteBuffer.wrap(source, (int) number * FRAME_BYTES, FRAME_BYTES);
    return VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, pixels.slice());
  }

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(WIDTH, HEIGHT, RATE)
        .codec("libx264")
        .keyFramesEvery(Duration.ofSeconds(2));
  }

  /** What joining has changed. */
  private record Difference(double total, double beforeSeams, double afterSeams, double size) {}

  private static Difference difference(VideoOptions options, int lookahead) throws Exception {
    CutPlan plan = CutPlan.of(options, FRAMES, Duration.ofSeconds(4)).withLookahead(lookahead);
    Path joined = folder.resolve("joined.mp4");
    Path single = folder.resolve("single.mp4");
    ParallelEncoder.of(plan, FrameSource.of(SeamQualityTest::frame))
        .workers(2)
        .encode(Output.file(joined));
    encode(plan.video(), single);
    double[] ofJoined = errors(joined);
    double[] ofSingle = errors(single);
    double before = 0;
    double after = 0;
    for (Chunk chunk : plan.chunks().subList(1, 3)) {
      int seam = (int) chunk.firstFrame();
      before =
          larger(before, psnr(ofJoined, seam - BESIDE, seam) - psnr(ofSingle, seam - BESIDE, seam));
      after =
          larger(after, psnr(ofJoined, seam, seam + BESIDE) - psnr(ofSingle, seam, seam + BESIDE));
    }
    return new Difference(
        psnr(ofJoined, 0, FRAMES) - psnr(ofSingle, 0, FRAMES),
        before,
        after,
        (double) Files.size(joined) / Files.size(single));
  }

  private static double larger(double a, double b) {
    return Math.abs(a) > Math.abs(b) ? a : b;
  }

  private static void encode(VideoOptions options, Path file) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < FRAMES; n++) {
        stream.addFrame(frame(n));
      }
    }
  }

  /** Returns the sum of the squared errors of luma for each frame. */
  private static double[] errors(Path file) throws Exception {
    Path raw = folder.resolve("decoded.yuv");
    FfmpegCli.ffmpeg("-i", file.toString(), "-f", "rawvideo", raw.toString());
    byte[] decoded = Files.readAllBytes(raw);
    assertThat(decoded.length).isEqualTo(FRAMES * FRAME_BYTES);
    return IntStream.range(0, FRAMES).mapToDouble(n -> error(decoded, n * FRAME_BYTES)).toArray();
  }

  private static double error(byte[] decoded, int from) {
    long sum = 0;
    for (int i = from; i < from + PIXELS; i++) {
      int difference = (source[i] & 0xff) - (decoded[i] & 0xff);
      sum += (long) difference * difference;
    }
    return sum;
  }

  private static double psnr(double[] errors, int from, int to) {
    double sum = 0;
    for (int n = from; n < to; n++) {
      sum += errors[n];
    }
    return 10 * Math.log10(255.0 * 255 * PIXELS * (to - from) / sum);
  }

  @Test
  void join_constantQuantizer_isOnePiece() throws Exception {
    Difference difference = difference(options().qp(24).build(), 0);

    assertThat(difference.total()).isCloseTo(0, within(0.001));
    assertThat(difference.beforeSeams()).isCloseTo(0, within(0.001));
    assertThat(difference.afterSeams()).isCloseTo(0, within(0.001));
    assertThat(difference.size()).isCloseTo(1, within(0.005));
  }

  @Test
  void join_constantRateFactor_isAboutOnePiece() throws Exception {
    Difference difference = difference(options().crf(23).build(), /* lookahead= */ 0);

    assertThat(difference.total()).isCloseTo(0, within(0.02));
    assertThat(difference.beforeSeams()).isCloseTo(0, within(0.2));
    assertThat(difference.afterSeams()).isCloseTo(0, within(0.1));
    assertThat(difference.size()).isCloseTo(1, within(0.03));
  }

  /** The encoder sees beyond the seam, as it would in one piece. */
  @Test
  void join_constantRateFactorWithLookahead_isOnePieceBeforeSeams() throws Exception {
    VideoOptions options = options().crf(23).build();
    int lookahead = EncoderCatalog.load().lookahead(options);

    Difference difference = difference(options, lookahead);

    assertThat(lookahead).isEqualTo(41);
    assertThat(difference.total()).isCloseTo(0, within(0.03));
    assertThat(difference.beforeSeams()).isCloseTo(0, within(0.05));
    assertThat(difference.afterSeams()).isCloseTo(0, within(0.1));
    assertThat(difference.size()).isCloseTo(1, within(0.02));
  }
}
