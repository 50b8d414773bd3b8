package io.reelmux.spark.cluster;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Output;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.cut.AudioSource;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.ParallelEncoder;
import io.reelmux.spark.SparkCut;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** The driver of a job of one video in chunks, in a JVM of its own. */
final class CutJob {
  static final int CHUNKS = 160;
  private static final int CHUNK_FRAMES = 24;
  private static final int WIDTH = 160;
  private static final int HEIGHT = 96;
  private static final int SAMPLE_RATE = 48_000;

  private CutJob() {}

  /**
   * Runs the job.
   *
   * @param args what {@link LoopbackCluster#conf} reads, the work directory and the output
   */
  public static void main(String[] args) throws Exception {
    try (JavaSparkContext spark =
        new JavaSparkContext(LoopbackCluster.conf(args).setAppName("reelmux cut"))) {
      TaskEnds ends = TaskEnds.of(spark);
      SparkCut.of(spark, plan(), frames()).audio(tone(), audio()).encode(args[3], args[4]);
      System.out.printf("RESULT %s encode%n", ends.text(/* stage= */ 0));
    }
  }

  /** Returns the same video, made without Spark. */
  static Path single(Path file) throws IOException {
    ParallelEncoder.of(plan(), frames()).audio(tone(), audio()).encode(Output.file(file));
    return file;
  }

  private static CutPlan plan() throws IOException {
    VideoOptions video =
        VideoOptions.builder(WIDTH, HEIGHT, 24)
            .codec("libx264")
            .crf(23)
            .keyFramesEvery(Duration.ofSeconds(1))
            .build();
    return CutPlan.of(video, (long) CHUNKS * CHUNK_FRAMES, Duration.ofSeconds(1));
  }

  private static FrameSource frames() {
    return FrameSource.of(CutJob::frame);
  }

  private static VideoFrame frame(long n) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.setColor(new Color((int) n * 0x10305));
    g.fillOval((int) n % WIDTH, (int) n % HEIGHT, 40, 40);
    g.dispose();
    return VideoFrame.of(image);
  }

  private static AudioOptions tone() {
    return AudioOptions.of(SAMPLE_RATE, 1);
  }

  private static AudioSource audio() {
    return CutJob::tone;
  }

  private static void tone(AudioStream stream) throws IOException {
    for (int second = 0; second < CHUNKS; second++) {
      float[][] samples = new float[1][SAMPLE_RATE];
      for (int i = 0; i < SAMPLE_RATE; i++) {
        samples[0][i] = (float) (0.2 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE));
      }
      stream.addSamples(samples);
    }
  }
}
