package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list in a directory names complete files only, even if the process is killed. */
@Timeout(120)
class DirectoryStoreKillTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {13, 171, 310})
  void directory_killedProcess_listNamesCompleteFilesOnly(int millis) throws Exception {
    ChildJvm.Started child = ChildJvm.of(DirectoryStoreChild.class).with(directory).start();
    Path list = directory.resolve("list.m3u8");
    while (!Files.exists(list)) {
      Thread.sleep(5);
    }
    Thread.sleep(millis);

    child.process().destroyForcibly();
    child.await(Duration.ofSeconds(20));

    List<String> lines = Files.readAllLines(list);
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      String[] parts = line.split(" ", -1);
      assertThat(directory.resolve(parts[0])).hasSize(Long.parseLong(parts[1]));
    }
  }
}
