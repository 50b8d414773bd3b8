package io.reelmux.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.spark.NumberedClip;
import io.reelmux.spark.Tree;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Writes {@code docs/spark-faults.tsv}: what becomes of 500 clips when machines and tasks fail. */
@EnabledIfSystemProperty(named = "reelmux.stress", matches = "true")
class ClusterTest {
  private static final int CLIPS = 500;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path RESULTS = Path.of("..", "docs", "spark-faults.tsv");

  @TempDir Path folder = Path.of("");

  private final SortedMap<String, String> expected = new TreeMap<>();
  private final List<String> rows = new ArrayList<>();

  @Test
  void clips_whateverFails_arePublishedOnceAndWhole() throws Exception {
    for (int clip = 0; clip < CLIPS; clip++) {
      expected.put(new NumberedClip().name(clip), NumberedClip.expectedSha256(clip, folder));
    }
    try (LoopbackCluster cluster = LoopbackCluster.start(folder.resolve("cluster"))) {
      String nothing = run(cluster, "nothing fails", ClusterJob.Fault.NONE, () -> {});
      assertThat(nothing).startsWith("125 succeeded 0 failed 0 killed 0 speculative");

      String tasks = run(cluster, "a third of the tasks", ClusterJob.Fault.TASKS_FAIL, () -> {});
      // 42 partitions divisible by 3, 18 by 7, which fail twice; 6 by both
      assertThat(tasks).startsWith("125 succeeded 72 failed");

      String hang = run(cluster, "tasks hang, speculation", ClusterJob.Fault.TASKS_HANG, () -> {});
      assertThat(hang).startsWith("125 succeeded 0 failed 3 killed");

      run(cluster, "an executor, kill -9", ClusterJob.Fault.NONE, cluster::killExecutor);
      run(cluster, "a worker, kill -9", ClusterJob.Fault.NONE, cluster::killWorker);
      cluster.restartWorker();
      runTwice(cluster);

      cut(cluster, "one video in chunks: nothing", () -> {});
      cut(cluster, "one video in chunks: an executor, kill -9", cluster::killExecutor);
      cut(cluster, "one video in chunks: a worker, kill -9", cluster::killWorker);
    }
    Files.write(RESULTS, rows());
  }

  private List<String> rows() {
    List<String> lines = new ArrayList<>();
    lines.add("# written by ClusterTest: ./mvnw verify -Pstress");
    lines.add(
        "# a master and two workers with two slots each, as processes on 127.0.0.1 and 127.0.0.2;"
            + " tasks of 4 clips; "
            + CutJob.CHUNKS
            + " chunks of a video, and its audio");
    lines.add("fails\tclips\tattempts\tpublished\tother files\tas on a single machine");
    lines.addAll(rows);
    return lines;
  }

  /** Makes something fail once a quarter of the clips has been written. */
  private String run(LoopbackCluster cluster, String fails, ClusterJob.Fault fault, Runnable kill)
      throws Exception {
    Path target = folder.resolve("clips-" + rows.size());
    ChildJvm.Started job = cluster.submit(ClusterJob.class, target, CLIPS, fault);
    awaitAttempts(target, job);
    kill.run();
    String attempts = attempts(job);
    assertComplete(fails, attempts, target);
    return attempts;
  }

  private static String attempts(ChildJvm.Started job) throws Exception {
    return job.await(LIMIT).lines().stream()
        .filter(line -> line.startsWith("RESULT "))
        .map(line -> line.substring("RESULT ".length(), line.indexOf(" encode")))
        .findFirst()
        .orElseThrow();
  }

  /** Makes something fail once a quarter of the chunks has been written. */
  private void cut(LoopbackCluster cluster, String fails, Runnable kill) throws Exception {
    Path work = folder.resolve("work-" + rows.size());
    Path output = folder.resolve("out-" + rows.size()).resolve("video.mp4");
    ChildJvm.Started job = cluster.submit(CutJob.class, work, output);
    while (job.process().isAlive() && files(work) < CutJob.CHUNKS / 4) {
      Thread.sleep(20);
    }
    kill.run();
    String attempts = attempts(job);

    Path single = CutJob.single(folder.resolve("single.mp4"));
    long left = files(work) + files(output.getParent()) - 1;
    boolean same = NumberedClip.sha256(output).equals(NumberedClip.sha256(single));
    addRow(fails, 1, attempts, 1, left, same ? 1 : 0);
    assertThat(same).as(fails).isTrue();
    assertThat(left).as(fails).isZero();
  }

  private void runTwice(LoopbackCluster cluster) throws Exception {
    Path target = folder.resolve("clips-" + rows.size());
    ChildJvm.Started job = cluster.submit(ClusterJob.class, target, CLIPS, ClusterJob.Fault.NONE);
    awaitAttempts(target, job);
    job.process().destroyForcibly().waitFor();
    assertThat(Tree.of(target).keySet())
        .hasSizeGreaterThan(CLIPS / 4)
        .allMatch(name -> name.startsWith("_reelmux/"));

    List<String> printed =
        cluster.submit(ClusterJob.class, target, CLIPS, ClusterJob.Fault.NONE).await(LIMIT).lines();

    String attempts = printed.get(printed.size() - 1).replaceAll("RESULT | encode.*", "");
    assertComplete("the driver, kill -9, and a second job", attempts, target);
  }

  private void awaitAttempts(Path target, ChildJvm.Started job) throws Exception {
    while (job.process().isAlive() && files(target.resolve("_reelmux")) < CLIPS / 4) {
      Thread.sleep(20);
    }
  }

  private static long files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".mp4")).count();
    } catch (java.io.UncheckedIOException e) {
      return 0; // files vanish while they are counted
    }
  }

  private void assertComplete(String fails, String attempts, Path target) throws Exception {
    SortedMap<String, String> found = Tree.of(target);
    assertThat(found.remove("_SUCCESS")).isNotNull();
    assertThat(found.remove("manifest.jsonl")).isNotNull();
    long same =
        expected.entrySet().stream()
            .filter(clip -> clip.getValue().equals(found.get(clip.getKey())))
            .count();
    addRow(fails, CLIPS, attempts, found.size(), found.size() - CLIPS, same);
    assertThat(found).as(fails).isEqualTo(expected);
  }

  private void addRow(
      String fails, int clips, String attempts, int published, long others, long same) {
    rows.add("%s\t%d\t%s\t%d\t%d\t%d".formatted(fails, clips, attempts, published, others, same));
  }
}
