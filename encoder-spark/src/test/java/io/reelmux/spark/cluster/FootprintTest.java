package io.reelmux.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors load the native libraries once, however many tasks they run, unpack them at once into
 * an empty cache that they share, keep their size, and spend their time on encoding.
 */
@EnabledIfSystemProperty(named = "reelmux.stress", matches = "true")
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class FootprintTest {
  @TempDir Path folder = Path.of("");

  @Test
  void executors_ofAThousandClips_keepTheirSize() throws Exception {
    List<Map<String, Double>> executors;
    try (LoopbackCluster cluster = LoopbackCluster.start(folder.resolve("cluster"))) {
      assertThat(cluster.cache()).doesNotExist();
      executors =
          cluster
              .submit(FootprintJob.class, folder.resolve("clips"))
              .await(Duration.ofMinutes(9))
              .lines()
              .stream()
              .filter(line -> line.startsWith("EXECUTOR "))
              .peek(System.out::println)
              .map(FootprintTest::values)
              .toList();
      assertThat(cluster.cache()).isNotEmptyDirectory();
    }

    assertThat(executors).hasSize(2);
    assertThat(executors.stream().mapToDouble(executor -> executor.get("clips")).sum())
        .isEqualTo(FootprintJob.CLIPS);
    assertThat(executors)
        .allSatisfy(
            executor -> {
              assertThat(executor.get("loaders")).isEqualTo(1);
              assertThat(executor.get("libraries")).isEqualTo(1);
              assertThat(executor.get("lastKb") / executor.get("firstKb")).isLessThan(1.05);
              assertThat(executor.get("encoderShare")).isGreaterThan(0.9);
            });
    try (Stream<Path> clips = Files.list(folder.resolve("clips"))) {
      assertThat(clips.filter(clip -> clip.toString().endsWith(".mp4")))
          .hasSize(FootprintJob.CLIPS);
    }
  }

  private static Map<String, Double> values(String line) {
    String[] words = line.split(" ");
    Map<String, Double> values = new HashMap<>();
    for (int i = 1; i + 1 < words.length; i += 2) {
      values.put(words[i], Double.valueOf(words[i + 1]));
    }
    return values;
  }
}
