package io.reelmux.spark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpeedUpTest {

  @Test
  void committedFiles_areWhatTheRecordedTimesGive() throws IOException {
    SpeedUp speedUp = new SpeedUp(TaskTimes.read());

    assertThat(Files.readAllLines(SpeedUp.TABLE)).isEqualTo(speedUp.table());
    assertThat(Files.readString(SpeedUp.PLOT)).isEqualTo(speedUp.plot());
  }

  @Test
  void page_hasTheTable() throws IOException {
    String page = Files.readString(SpeedUp.TABLE.resolveSibling("scale.md"));

    for (String line : Files.readAllLines(SpeedUp.TABLE)) {
      if (!line.startsWith("#")) {
        assertThat(page).contains("| " + line.replace("\t", " | ") + " |\n");
      }
    }
  }

  @Test
  void recordedChunks_costAsMuchAsTheUncutVideo() throws IOException {
    TaskTimes recorded = TaskTimes.read();

    double chunks = Arrays.stream(recorded.all("chunk")).sum();
    assertThat(chunks / recorded.one("uncut")).isBetween(0.9, 1.1);
  }
}
