package io.reelmux.examples;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;

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
 * Encodes all video and audio streams of a media file anew. JavaCV's grabber decodes, Reelmux
 * encodes.
 */
@Command(
    name = "Transcode",
    description = "Encodes all video and audio streams of a media file anew.",
    mixinStandardHelpOptions = true)
public final class Transcode implements Callable<Integer> {

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

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(Program.run(new Transcode(), args));
  }

  @Override
  public Integer call() throws IOException {
    // the grabber prints what it opens to stderr, unless FFmpeg's level is below INFO
    FFmpegLogCallback.setLevel(AV_LOG_ERROR);
    long start = System.nanoTime();
    MediaFile file = MediaFile.readFor(input, output);
    EncodingResult result = new CpuTranscoder(quality, Optional.empty()).run(file, output);
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), result, wall));
    file.leftOut().forEach(line -> System.out.println("left out: " + line));
    return 0;
  }
}
