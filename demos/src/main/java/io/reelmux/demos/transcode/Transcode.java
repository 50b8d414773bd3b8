package io.reelmux.demos.transcode;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import io.reelmux.demos.transcode.copy.CpuTranscoder;
import io.reelmux.demos.transcode.copy.GpuTranscoder;
import io.reelmux.demos.transcode.media.FrameSize;
import io.reelmux.demos.transcode.media.MediaFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacv.FFmpegLogCallback;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Re-encodes all video and audio streams of a media file, each with its own size, frame rate,
 * sample rate, and channels.
 *
 * <p>On the CPU, JavaCV's grabber decodes. With {@code --device cuda:0} the video stays on the GPU
 * from end to end: FFmpeg decodes there, {@code scale_cuda} scales, and NVENC encodes. If that GPU
 * cannot encode, the program reports why and uses the CPU.
 *
 * <pre>./mvnw -q package -pl demos -am -Ddemo=transcode.Transcode -Dargs="in.mp4 out.webm"</pre>
 */
@Command(
    name = "Transcode",
    description = "Re-encodes all video and audio streams of a media file.",
    mixinStandardHelpOptions = true)
public final class Transcode implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "IN", description = "any media file")
  private Path input = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "the file to write; its extension selects the container")
  private Path output = Path.of("");

  @Option(
      names = "--quality",
      description = "video quality: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Quality quality = Quality.HIGH;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description = "where video is encoded: cpu, cuda:0, cuda:1, ... (default: ${DEFAULT-VALUE})")
  private Device device = Device.cpu();

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      converter = SizeConverter.class,
      description = "video size in the new file (default: the size of each stream)")
  private Optional<FrameSize> size = Optional.empty();

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the program. Errors that the user can fix are reported in one line.
   *
   * @return the exit status; 0 on success
   */
  static int run(String... args) {
    return new CommandLine(new Transcode())
        .setExecutionExceptionHandler(Transcode::report)
        .execute(args);
  }

  private static int report(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    if (!(e instanceof IOException || e instanceof IllegalArgumentException)) {
      throw e;
    }
    // the message of a NoSuchFileException is only the name of the file
    String text = e instanceof FileSystemException ? e.toString() : e.getMessage();
    line.getErr().println(line.getCommandName() + ": " + text);
    return line.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public Integer call() throws IOException {
    // the grabber prints what it opens to stderr, unless FFmpeg's log level is below INFO
    FFmpegLogCallback.setLevel(AV_LOG_ERROR);
    long start = System.nanoTime();
    MediaFile file = MediaFile.readFor(input, output);
    Optional<String> unavailableReason = EncoderCatalog.load().unavailableReason(device);
    unavailableReason.ifPresent(reason -> System.out.println("on the CPU: " + reason));
    String copies = "";
    EncodingResult result;
    if (device.isCuda() && unavailableReason.isEmpty()) {
      GpuTranscoder gpu = new GpuTranscoder(device, quality, size);
      result = gpu.run(file, output);
      copies = copies(gpu.hostCopies());
    } else {
      result = new CpuTranscoder(quality, size).run(file, output);
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), result, wall) + copies);
    file.leftOut().forEach(line -> System.out.println("left out: " + line));
    return 0;
  }

  private static String copies(int count) {
    return count == 0
        ? "frames copied between host and GPU: none%n".formatted()
        : "frames copied from host to GPU: %d, decoded on the CPU%n".formatted(count);
  }

  /** Parses {@code cpu}, {@code cuda}, and {@code cuda:1}. */
  static final class DeviceConverter implements ITypeConverter<Device> {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    @Override
    public Device convert(String text) {
      if (text.equals("cpu")) {
        return Device.cpu();
      }
      Matcher cuda = CUDA.matcher(text);
      if (!cuda.matches()) {
        throw new TypeConversionException("'" + text + "' is not a device such as cpu or cuda:0");
      }
      return Device.cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }
  }

  /** Parses {@code 1280x720}. */
  static final class SizeConverter implements ITypeConverter<FrameSize> {

    @Override
    public FrameSize convert(String text) {
      try {
        return FrameSize.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
