package io.reelmux.examples;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import io.reelmux.StreamKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
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
    MediaFile file = read();
    EncodingResult result = transcode(file);
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), result, wall));
    file.leftOut().forEach(line -> System.out.println("left out: " + line));
    return 0;
  }

  private MediaFile read() throws IOException {
    if (!Files.isReadable(input)) {
      throw new NoSuchFileException(input.toString());
    }
    if (Files.exists(output) && Files.isSameFile(input, output)) {
      throw new IllegalArgumentException(input + " cannot be both read and written");
    }
    MediaFile file = MediaFile.read(input);
    if (file.streams().isEmpty()) {
      throw new IllegalArgumentException(input + " has no video and no audio: " + file.leftOut());
    }
    return file;
  }

  private EncodingResult transcode(MediaFile file) throws IOException {
    int packets = file.streams().stream().mapToInt(MediaStream::packets).sum();
    try (MediaReader readers = MediaReader.open(file);
        Encoder encoder = Encoder.create();
        ProgressBar progress = new ProgressBar("Transcoding", packets)) {
      // whichever stream is behind comes next, so that none waits for another in memory
      PriorityQueue<StreamCopy> copies =
          new PriorityQueue<>(Comparator.comparingDouble(StreamCopy::seconds));
      copies.addAll(copies(encoder, readers));
      encoder.openFile(output);
      while (!copies.isEmpty()) {
        StreamCopy copy = copies.remove();
        if (copy.copyFrame()) {
          copies.add(copy);
        }
        progress.step();
      }
      return encoder.finish();
    }
  }

  private List<StreamCopy> copies(Encoder encoder, MediaReader readers) {
    Duration origin = readers.origin();
    List<StreamCopy> copies = new ArrayList<>();
    for (StreamReader reader : readers.streams()) {
      copies.add(
          reader.stream().kind() == StreamKind.VIDEO
              ? new VideoCopy(encoder, reader, origin, quality)
              : new AudioCopy(encoder, reader, origin));
    }
    return copies;
  }
}
