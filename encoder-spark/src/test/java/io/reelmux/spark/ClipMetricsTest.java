package io.reelmux.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's UI shows, as its listeners get it. */
class ClipMetricsTest {
  private static final int CLIPS = 5;

  @TempDir Path folder = Path.of("");

  private static final class Seen extends SparkListener {
    private final List<String> descriptions = new ArrayList<>();
    private final Map<String, Object> sums = new TreeMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      descriptions.add(start.properties().getProperty("spark.job.description"));
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      CollectionConverters.asJava(completed.stageInfo().accumulables().values())
          .forEach(sum -> sums.put(sum.name().get(), sum.value().get()));
    }
  }

  @Test
  void encode_tasksThatFailAtFirst_countsEachClipOnce() throws Exception {
    Seen seen = new Seen();
    JavaRDD<Integer> failing =
        Cluster.spark()
            .parallelize(IntStream.range(0, CLIPS).boxed().toList(), 2)
            .map(
                clip -> {
                  if (TaskContext.get().attemptNumber() < 1 && clip % 2 == 1) {
                    throw new IOException("lost");
                  }
                  return clip;
                });
    Cluster.spark().sc().addSparkListener(seen);

    ClipReport report =
        Clips.encode(
            failing,
            new FailingClip(ClipMetricsTest::refuseTheFourth),
            folder.resolve("clips").toString(),
            ClipOptions.DEFAULT);

    Cluster.spark().sc().listenerBus().waitUntilEmpty();
    Cluster.spark().sc().removeSparkListener(seen);
    assertThat(seen.descriptions)
        .containsExactly("Name the clips", "Encode 5 clips into file:" + folder.resolve("clips"));
    assertThat(seen.sums)
        .containsEntry("clips", 4L)
        .containsEntry("failed clips", 1L)
        .containsEntry("frames", report.frames())
        .containsEntry("bytes", report.bytes())
        .containsKey("encode seconds");
    assertThat(report.frames()).isEqualTo(5 + 6 + 7 + 9);
  }

  private static void refuseTheFourth(int clip) throws IOException {
    if (clip == 3) {
      throw new IOException("bad input");
    }
  }
}
