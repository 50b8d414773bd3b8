package io.reelmux.spark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cut.AudioEncoder;
import io.reelmux.cut.Chunk;
import io.reelmux.cut.ChunkEncoder;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.Joiner;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes {@code docs/spark-task-times.tsv}: what each chunk of a video costs, for the simulation.
 */
@EnabledIfSystemProperty(named = "reelmux.stress", matches = "true")
class TaskTimesTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int RATE = 24;
  private static final int CHUNKS = 48;
  private static final int CHUNK_FRAMES = 2 * RATE;
  private static final int FRAMES = CHUNKS * CHUNK_FRAMES;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<String> rows = new ArrayList<>();

  @TempDir Path folder = Path.of("");

  /** Shapes over noise; how much of it moves differs from chunk to chunk. */
  private static VideoFrame frame(long n) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics g = image.getGraphics();
    long scene = n / 130;
    Random random = new Random(scene);
    int shapes = 20 + random.nextInt(160);
    int speed = 1 + random.nextInt(12);
    for (int i = 0; i < shapes; i++) {
      g.setColor(new Color(random.nextInt(1 << 24)));
      int x = (int) ((random.nextInt(WIDTH) + n * speed * (i % 5 - 2)) % WIDTH);
      g.fillOval(x, random.nextInt(HEIGHT), 20 + random.nextInt(150), 20 + random.nextInt(150));
    }
    g.dispose();
    noise(image, n);
    return VideoFrame.of(image);
  }

  private static void noise(BufferedImage image, long n) {
    Random random = new Random(n);
    for (int i = 0; i < 20_000; i++) {
      int x = random.nextInt(WIDTH);
      int y = random.nextInt(HEIGHT);
      image.setRGB(x, y, image.getRGB(x, y) ^ 0x0F0F0F);
    }
  }

  private static VideoOptions options() {
    return VideoOptions.builder(WIDTH, HEIGHT, RATE)
        .codec("libx264")
        .crf(23)
        .keyFramesEvery(Duration.ofSeconds(2))
        .threads(1)
        .build();
  }

  private static void tone(AudioStream stream) throws IOException {
    Random random = new Random(1);
    for (int n = 0; n < FRAMES; n++) {
      float[][] samples = new float[2][2000];
      for (float[] channel : samples) {
        for (int i = 0; i < channel.length; i++) {
          channel[i] =
              (float) (0.3 * Math.sin((n * 2000 + i) * 0.05) + 0.05 * random.nextGaussian());
        }
      }
      stream.addSamples(samples);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void measure(String what, int index, Work work) throws IOException {
    long before = system.getProcessCpuTime();
    work.run();
    double seconds = (system.getProcessCpuTime() - before) / 1e9;
    rows.add(String.format(Locale.ROOT, "%s\t%d\t%.3f", what, index, seconds));
  }

  @Test
  void chunks_cost_isRecorded() throws IOException {
    CutPlan plan = CutPlan.of(options(), FRAMES, Duration.ofSeconds(2));
    FrameSource frames = FrameSource.of(TaskTimesTest::frame);
    ChunkEncoder encoder = ChunkEncoder.of(plan, frames);
    Joiner joiner = Joiner.of(plan);
    Path audio = folder.resolve("audio.mp4");
    warmUp();

    for (Chunk chunk : plan.chunks()) {
      Path file = folder.resolve(chunk.index() + ".mp4");
      measure("chunk", chunk.index(), () -> joiner.chunk(encoder.encode(chunk, file)));
    }
    measure(
        "audio",
        0,
        () -> AudioEncoder.of(AudioOptions.of(48_000, 2), TaskTimesTest::tone).encode(audio));
    joiner.audio(audio);
    measure("join", 0, () -> joiner.join(Output.file(folder.resolve("joined.mp4"))));
    measure("uncut", 0, this::encodeUncut);

    assertThat(rows).hasSize(CHUNKS + 3);
    List<String> lines = new ArrayList<>();
    lines.add("# written by TaskTimesTest: ./mvnw verify -Pstress");
    lines.add(
        "# %dx%d, %d frames, libx264 at crf 23, one thread; CPU seconds of the process, frames drawn by Java included"
            .formatted(WIDTH, HEIGHT, FRAMES));
    lines.add("what\tnumber\tCPU seconds");
    lines.addAll(rows);
    Files.write(TaskTimes.FILE, lines);
  }

  /** Compiles and loads what is measured later, so that a longer video costs in proportion. */
  private void warmUp() throws IOException {
    CutPlan plan = CutPlan.of(options(), 3 * CHUNK_FRAMES, Duration.ofSeconds(2));
    ChunkEncoder encoder = ChunkEncoder.of(plan, FrameSource.of(TaskTimesTest::frame));
    Path audio = folder.resolve("warm-audio.mp4");
    AudioEncoder.of(AudioOptions.of(48_000, 2), TaskTimesTest::tone).encode(audio);
    List<ChunkResult> results = new ArrayList<>();
    for (Chunk chunk : plan.chunks()) {
      results.add(encoder.encode(chunk, folder.resolve("warm-" + chunk.index() + ".mp4")));
    }
    for (int n = 0; n < 5; n++) {
      Joiner joiner = Joiner.of(plan).audio(audio);
      results.forEach(joiner::chunk);
      joiner.join(Output.file(folder.resolve("warm-joined.mp4")));
    }
  }

  private void encodeUncut() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options());
      encoder.openFile(folder.resolve("uncut.mp4"));
      for (int n = 0; n < FRAMES; n++) {
        video.addFrame(frame(n));
      }
    }
  }
}
