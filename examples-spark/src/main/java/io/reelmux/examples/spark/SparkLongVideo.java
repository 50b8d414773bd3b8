package io.reelmux.examples.spark;

import io.reelmux.VideoOptions;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileFrames;
import io.reelmux.reader.MediaReader;
import io.reelmux.spark.CutReport;
import io.reelmux.spark.SparkCut;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Encodes one video again, in chunks that are tasks of a Spark job, and joins them. The audio's
 * packets are copied. Executors find the video at the same path, such as on a network drive.
 *
 * <pre>
 * ./mvnw -q package -pl examples-spark -am -DsparkExample=SparkLongVideo -Dargs="in.mp4 out.mp4"
 * </pre>
 */
public final class SparkLongVideo {

  /**
   * Runs the program.
   *
   * @param args the video, and the file to write, which does not exist
   * @throws IOException if the video cannot be read, or the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path input = Path.of(args[0]).toAbsolutePath();
    FileFrames frames = FileFrames.of(input);
    VideoOptions options =
        frames.encoding().codec("h264").keyFramesEvery(Duration.ofSeconds(2)).build();
    CutPlan plan = CutPlan.of(options, frames.frames(), Duration.ofSeconds(10));
    SparkConf conf = new SparkConf().setAppName("SparkLongVideo");
    conf.setIfMissing("spark.master", "local[*]").setIfMissing("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      SparkCut cut = SparkCut.of(spark, plan, frames);
      if (hasAudio(input)) {
        cut.copyAudio(input.toUri().toString());
      }
      // Chunks are deleted from the work directory once they have been joined.
      CutReport report = cut.encode(args[1] + ".work", args[1]);
      System.out.printf(
          "%s: %s in %d chunks, %d bytes, joined in %d ms%n",
          args[1],
          report.encoding().duration(),
          report.chunks().size(),
          report.encoding().bytes(),
          report.joinTime().toMillis());
      report.encoding().notes().forEach(System.out::println);
    }
  }

  private static boolean hasAudio(Path input) throws IOException {
    try (MediaReader reader = MediaReader.open(input)) {
      return !reader.info().audios().isEmpty();
    }
  }

  private SparkLongVideo() {}
}
