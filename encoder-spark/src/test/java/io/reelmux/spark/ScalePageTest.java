package io.reelmux.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.VideoOptions;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/scale.md} that needs Spark is compiled here. */
class ScalePageTest {

  @Test
  void page_codeForSpark_isThatOfThisTest() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "scale.md"));
    String source = Files.readString(Path.of("src/test/java/io/reelmux/spark/ScalePageTest.java"));
    List<String> blocks =
        Pattern.compile("```java spark\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1).replaceAll(" // .*", ""))
            .toList();

    assertThat(blocks).hasSize(3);
    assertThat(blocks).allSatisfy(block -> assertThat(source).containsIgnoringWhitespaces(block));
  }

  static void log(String name, @Nullable String error) {
    System.out.println(name + error);
  }

  static void clips(JavaSparkContext spark, List<String> uris) throws IOException {
    JavaRDD<String> folders = spark.parallelize(uris, uris.size() / 10);
    ClipReport report =
        Clips.encode(folders, ImageFolders.at(25), "hdfs:///clips", ClipOptions.DEFAULT);
    report.failed().forEach(clip -> log(clip.name(), clip.error()));
  }

  static void rows(Dataset<Row> frames) {
    frames
        .write()
        .format("reelmux")
        .mode("append")
        .option("clip", "camera")
        .option("order", "number")
        .option("image", "png")
        .option("frameRate", "25")
        .save("hdfs:///clips");
  }

  static void cut(JavaSparkContext spark, FileFrames frames, VideoOptions options)
      throws IOException {
    CutPlan plan = CutPlan.of(options, frames.frames(), Duration.ofSeconds(10));
    SparkCut.of(spark, plan, frames)
        .copyAudio("hdfs:///in/talk.mov")
        .encode("hdfs:///work", "hdfs:///out/talk.mp4");
  }
}
