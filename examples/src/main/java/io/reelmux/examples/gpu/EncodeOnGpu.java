package io.reelmux.examples.gpu;

import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Encodes frames that are in the memory of a GPU, without a copy to host memory: a (N, 3, H, W)
 * tensor of bytes, as PyTorch or a CUDA kernel leaves it there.
 *
 * <pre>./mvnw -q package -Dexample=gpu.EncodeOnGpu -Dargs=out.mp4</pre>
 */
public final class EncodeOnGpu {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int FRAME_RATE = 30;
  private static final int BATCH = 15;

  /**
   * Runs the program.
   *
   * @param args the file to write, the number of frames (300), and the number of the GPU (0)
   * @throws IOException if encoding fails
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "out.mp4");
    int frames = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    Device gpu = Device.cuda(args.length > 2 ? Integer.parseInt(args[2]) : 0);
    Optional<String> reason = EncoderCatalog.load().unavailableReason(gpu);
    if (reason.isPresent()) {
      System.out.printf("%s cannot encode: %s%n", gpu, reason.get());
      return;
    }
    // The GPU's memory must stay valid until the encoder is closed, so it is opened first.
    try (Cuda cuda = Cuda.open(gpu.index());
        Encoder encoder = Encoder.create()) {
      long frameBytes = 3L * WIDTH * HEIGHT;
      long tensor = cuda.allocate(BATCH * frameBytes);
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, FRAME_RATE).device(gpu).build());
      encoder.openFile(file);
      for (int first = 0; first < frames; first += BATCH) {
        int count = Math.min(BATCH, frames - first);
        for (int i = 0; i < count; i++) {
          draw(cuda, tensor + i * frameBytes, first + i);
        }
        // Drawing is only queued on the CUDA stream. Encoding waits for it there, on the GPU; when
        // addFrames returns, the tensor may be overwritten.
        video.addFrames(
            VideoFrames.onDevice(gpu, PixelLayout.RGB_PLANAR, WIDTH, HEIGHT, tensor, count)
                .withStream(cuda.stream()));
      }
      EncodingResult result = encoder.finish();
      System.out.printf(
          "%s: %s, %d frames, %d bytes%n",
          file, result.streams().get(0).codec(), frames, result.bytes());
    }
  }

  /** The column where the square of frame n starts. */
  static int squareX(int n) {
    return 5 * n % (WIDTH - 60);
  }

  /** Queues the drawing of an orange square on blue. */
  private static void draw(Cuda cuda, long frame, int n) throws IOException {
    int[] background = {20, 40, 120};
    int[] square = {255, 160, 40};
    for (int channel = 0; channel < 3; channel++) {
      long plane = frame + (long) channel * WIDTH * HEIGHT;
      cuda.fill(plane, WIDTH, background[channel], WIDTH, HEIGHT);
      cuda.fill(plane + 150L * WIDTH + squareX(n), WIDTH, square[channel], 60, 60);
    }
  }
}
