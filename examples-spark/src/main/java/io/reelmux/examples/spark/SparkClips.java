package io.reelmux.examples.spark;

import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.spark.ClipEncoder;
import io.reelmux.spark.ClipOptions;
import io.reelmux.spark.ClipOutput;
import io.reelmux.spark.ClipReport;
import io.reelmux.spark.ClipResult;
import io.reelmux.spark.Clips;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Encodes a data set of clips as a Spark job. All of them appear together, with a list of them in
 * {@code manifest.jsonl}. The directory is of any Hadoop file system.
 *
 * <pre>./mvnw -q package -pl examples-spark -am -DsparkExample=SparkClips -Dargs=clips</pre>
 */
public final class SparkClips {

  /** What an executor needs to know to make a clip. */
  private record Ball(String name, int color, int speed) implements java.io.Serializable {}

  /** How it makes it. */
  private record BallEncoder() implements ClipEncoder<Ball> {
    @Override
    public String name(Ball ball) {
      return ball.name() + ".mp4";
    }

    @Override
    public void encode(Ball ball, ClipOutput output) throws IOException {
      VideoOptions options = VideoOptions.builder(320, 180, 25).threads(output.cpus()).build();
      try (Encoder encoder = Encoder.create()) {
        VideoStream video = encoder.addVideo(options);
        output.open(encoder);
        BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_3BYTE_BGR);
        for (int n = 0; n < 50; n++) {
          Graphics g = image.createGraphics();
          g.clearRect(0, 0, 320, 180);
          g.setColor(new Color(ball.color()));
          g.fillOval(n * ball.speed() % 280, 70, 40, 40);
          g.dispose();
          video.addFrame(VideoFrame.of(image));
        }
      }
    }
  }

  /**
   * Runs the program.
   *
   * @param args the directory to write to, which is empty or does not exist
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    List<Ball> balls =
        IntStream.range(0, 12)
            .mapToObj(n -> new Ball("ball-" + n, Color.HSBtoRGB(n / 12f, 1, 1), n + 1))
            .toList();
    SparkConf conf = new SparkConf().setAppName("SparkClips");
    conf.setIfMissing("spark.master", "local[*]").setIfMissing("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaRDD<Ball> clips = spark.parallelize(balls, 6);
      ClipReport report = Clips.encode(clips, new BallEncoder(), args[0], ClipOptions.DEFAULT);
      for (ClipResult clip : report.clips()) {
        System.out.printf("%s: %d frames, %d bytes%n", clip.path(), clip.frames(), clip.bytes());
      }
      report.failed().forEach(clip -> System.out.println(clip.name() + ": " + clip.error()));
    }
  }

  private SparkClips() {}
}
