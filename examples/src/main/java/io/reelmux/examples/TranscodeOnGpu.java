package io.reelmux.examples;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bytedeco.javacv.FFmpegLogCallback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Encodes all video and audio streams of a media file anew, the video on a GPU from end to end:
 * FFmpeg decodes there, scale_cuda scales, NVENC encodes. Where there is no GPU that encodes, the
 * CPU does it all.
 */
@Command(
    name = "TranscodeOnGpu",
    description = "Encodes all streams of a media file anew, the video on a GPU from end to end.",
    mixinStandardHelpOptions = true)
public final class TranscodeOnGpu implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "IN", description = "any media file")
  private Path input = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "the file to write, its extension says in which container")
  private Path output = Path.of("");

  @Option(
      names = "--quality",
      description = "of the pictures: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private Quality quality = Quality.HIGH;

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      converter = PictureSize.Converter.class,
      description = "of the pictures in the new file (as they are)")
  private Optional<PictureSize> size = Optional.empty();

  @Option(names = "--device", description = "number of the GPU (${DEFAULT-VALUE})")
  private int device;

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(Program.run(new TranscodeOnGpu(), args));
  }

  @Override
  public Integer call() throws IOException {
    // the grabber prints what it opens to stderr, unless FFmpeg's level is below INFO
    FFmpegLogCallback.setLevel(AV_LOG_ERROR);
    long start = System.nanoTime();
    MediaFile file = MediaFile.readFor(input, output);
    Optional<String> unsupportedReason =
        EncoderCatalog.load().unavailableReason(Device.cuda(device));
    String copies;
    EncodingResult result;
    if (unsupportedReason.isPresent()) {
      System.out.println("on the CPU: " + unsupportedReason.get());
      result = new CpuTranscoder(quality, size).run(file, output);
      copies = "";
    } else {
      GpuTranscoder gpu = new GpuTranscoder(Device.cuda(device), quality, size);
      result = gpu.run(file, output);
      copies = copies(gpu.hostCopies());
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), result, wall) + copies);
    file.leftOut().forEach(line -> System.out.println("left out: " + line));
    return 0;
  }

  private static String copies(int count) {
    return count == 0
        ? "pictures copied between host and GPU: none%n".formatted()
        : "pictures copied from host to GPU: %d, which the CPU had to decode%n".formatted(count);
  }
}
