package io.reelmux.examples;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes moving pictures in the memory of a GPU, a batch at a time, and encodes them there. No
 * picture comes into the host's memory.
 */
@Command(
    name = "EncodeOnGpu",
    description = "Encodes moving pictures that a GPU draws, without a copy in the host's memory.",
    mixinStandardHelpOptions = true)
public final class EncodeOnGpu implements Callable<Integer> {
  private static final int FRAME_RATE = 30;
  private static final int BATCH = 16;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "the file to write, its extension says in which container (${DEFAULT-VALUE})")
  private Path output = Path.of("out.mp4");

  @Option(names = "--frames", description = "number of pictures (${DEFAULT-VALUE})")
  private int frames = 300;

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      converter = PictureSize.Converter.class,
      description = "of the pictures (${DEFAULT-VALUE})")
  private PictureSize size = new PictureSize(1280, 720);

  @Option(names = "--device", description = "number of the GPU (${DEFAULT-VALUE})")
  private int device;

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(Program.run(new EncodeOnGpu(), args));
  }

  @Override
  public Integer call() throws IOException {
    Device gpu = Device.cuda(device);
    Optional<String> unsupportedReason = EncoderCatalog.load().unavailableReason(gpu);
    if (unsupportedReason.isPresent()) {
      throw new IOException(unsupportedReason.get());
    }
    long start = System.nanoTime();
    EncodingResult result = encode(gpu);
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), result, wall));
    return 0;
  }

  private EncodingResult encode(Device gpu) throws IOException {
    try (CudaContext context = CudaContext.open(gpu.index());
        CudaStream stream = context.newStream()) {
      GpuScene scene = new GpuScene(size.width(), size.height(), stream);
      try (CudaMemory batch = context.allocate(BATCH * scene.pictureBytes());
          Encoder encoder = Encoder.create();
          ProgressBar progress = new ProgressBar("Encoding", frames)) {
        VideoStream video = encoder.addVideo(options(gpu));
        encoder.openFile(output);
        for (int first = 0; first < frames; first += BATCH) {
          int count = Math.min(BATCH, frames - first);
          for (int i = 0; i < count; i++) {
            double seconds = (double) (first + i) / FRAME_RATE;
            scene.draw(batch.pointer() + i * scene.pictureBytes(), seconds);
          }
          video.addFrames(pictures(gpu, batch, count, stream));
          progress.stepBy(count);
        }
        return encoder.finish();
      }
    }
  }

  private VideoOptions options(Device gpu) {
    return VideoOptions.builder(size.width(), size.height(), FRAME_RATE).device(gpu).build();
  }

  /** The first pictures of a batch; they are read when the work queued on the stream is done. */
  private DeviceFrames pictures(Device gpu, CudaMemory batch, int count, CudaStream stream) {
    return DeviceFrames.of(
            gpu, PixelLayout.RGB_PLANAR, size.width(), size.height(), batch.pointer(), count)
        .withCudaStream(stream.address());
  }
}
