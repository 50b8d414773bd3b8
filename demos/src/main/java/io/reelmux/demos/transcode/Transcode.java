package io.reelmux.demos.transcode;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.Fit;
import io.reelmux.Quality;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.VideoOptions;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.OtherInfo;
import io.reelmux.reader.ReadReport;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * <p>Video is decoded and scaled on the CPU. With {@code --device cuda:0} a GPU encodes it; if that
 * GPU cannot, the program reports why and uses the CPU.
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
    long start = System.nanoTime();
    MediaInfo info = readInfo();
    Optional<String> unavailableReason = EncoderCatalog.load().unavailableReason(device);
    unavailableReason.ifPresent(reason -> System.out.println("on the CPU: " + reason));
    Device used = unavailableReason.isPresent() ? Device.cpu() : device;
    TranscodeResult done;
    try (ProgressLine progress = new ProgressLine("Transcoding", info.duration())) {
      done =
          Transcoder.of(input)
              .streams(Transcode::canBeDecoded)
              .video(frames())
              .video(options -> encodeOn(used, options))
              .progress(progress)
              .toFile(output);
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), done.encoding(), wall));
    if (used.isCuda()) {
      System.out.print(copies(done.encoding()));
    }
    done.notes().forEach(note -> System.out.println("note: " + note));
    done.reports().forEach(Transcode::printDamage);
    return 0;
  }

  private MediaInfo readInfo() throws IOException {
    if (Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output)) {
      throw new IllegalArgumentException(input + " cannot be both read and written");
    }
    try (MediaReader reader = MediaReader.open(input)) {
      return reader.info();
    }
  }

  private static boolean canBeDecoded(StreamInfo stream) {
    return !(stream instanceof OtherInfo) && stream.facts().unsupported().isEmpty();
  }

  private VideoOutput frames() {
    return size.map(s -> VideoOutput.source().size(s.width(), s.height(), Fit.STRETCH))
        .orElse(VideoOutput.source());
  }

  private void encodeOn(Device used, VideoOptions.Builder options) {
    VideoOptions begun = options.build();
    options.device(used).quality(quality);
    boolean odd = begun.width() % 2 != 0 || begun.height() % 2 != 0;
    if (odd && !used.isCuda()) {
      // 4:2:0 chroma subsampling requires even dimensions
      options.pixelFormat("yuv444p");
    }
  }

  private static String copies(EncodingResult result) {
    long frames =
        result.streams().stream()
            .filter(stream -> stream.kind() == StreamKind.VIDEO)
            .mapToLong(StreamResult::framesIn)
            .sum();
    return "frames copied from host to GPU: %d, decoded on the CPU%n".formatted(frames);
  }

  private static void printDamage(ReadReport report) {
    if (report.damaged() + report.failedPackets() + report.skipped() > 0 || report.truncated()) {
      System.out.printf(
          "damaged: %d packets could not be decoded, %d frames were left out%s%n",
          report.failedPackets(),
          report.skipped(),
          report.truncated() ? ", the file is truncated" : "");
    }
    report.notes().forEach(note -> System.out.println("note: " + note));
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
