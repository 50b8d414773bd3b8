package io.reelmux.examples;

import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileFrames;
import io.reelmux.cut.ParallelEncoder;
import io.reelmux.cut.Verification;
import io.reelmux.cut.VerifyLevel;
import io.reelmux.reader.MediaReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Encodes a long video in chunks on all processors, joins them without encoding them again, and
 * copies the audio beside it.
 *
 * <pre>
 * ./mvnw -q package -Dexample=ParallelEncode -Dargs="in.mov out.mp4 10"
 * </pre>
 */
public final class ParallelEncode {

  /**
   * Runs the program.
   *
   * @param args the file, the file to write, and the seconds of a chunk, 10 by default
   * @throws IOException if the file cannot be read, or the other one cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path input = Path.of(args[0]);
    Path output = Path.of(args[1]);
    Duration chunk = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 10);

    FileFrames frames = FileFrames.of(input);
    CutPlan plan =
        CutPlan.of(
            frames.encoding().codec("h264").crf(23).keyFramesEvery(Duration.ofSeconds(2)).build(),
            frames.frames(),
            chunk);
    System.out.println(plan);

    ParallelEncoder encoder = ParallelEncoder.of(plan, frames);
    encoder.progress(
        now -> {
          if (now.frames() % 100 == 0 && now.joinedFrames() == 0) {
            System.out.printf("%d of %d frames%n", now.frames(), now.totalFrames());
          }
        });
    if (hasAudio(input)) {
      encoder.copyAudio(input);
    }
    EncodingResult result = encoder.encode(Output.file(output));

    System.out.printf("%s, %d bytes%n", result.duration(), result.bytes());
    result.notes().forEach(System.out::println);
    System.out.println(Verification.of(plan, output, VerifyLevel.PACKETS));
  }

  private static boolean hasAudio(Path input) throws IOException {
    try (MediaReader file = MediaReader.open(input)) {
      return !file.info().audios().isEmpty();
    }
  }

  private ParallelEncode() {}
}
