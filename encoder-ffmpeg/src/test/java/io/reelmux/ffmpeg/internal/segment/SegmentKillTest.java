package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads a directory finds all that its playlists name, even if the process is killed. */
@Timeout(120)
class SegmentKillTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {3, 77, 210, 460})
  void live_killedProcess_everythingNamedIsThereAndComplete(int millis) throws Exception {
    ChildJvm.Started child = ChildJvm.of(SegmentChild.class).with(directory).start();
    while (!Files.exists(directory.resolve("manifest.mpd")) && child.process().isAlive()) {
      Thread.sleep(5);
    }
    Thread.sleep(millis);

    child.process().destroyForcibly();
    child.await(Duration.ofSeconds(20));

    for (String list : Set.of("main.m3u8", "video0.m3u8", "audio0.m3u8")) {
      check(RecordingStore.namedByHls(Files.readString(directory.resolve(list))));
    }
    check(RecordingStore.namedByDash(Files.readString(directory.resolve("manifest.mpd"))));
  }

  private void check(Set<String> names) throws IOException {
    assertThat(names).isNotEmpty();
    for (String name : new TreeSet<>(names)) {
      Path file = directory.resolve(name);
      assertThat(file).exists();
      if (!name.endsWith(".m3u8")) {
        assertThat(boxes(file)).as(name).isEqualTo(Files.size(file));
      }
    }
  }

  /** Returns where the last box ends. */
  private static long boxes(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    long end = 0;
    while (end + 8 <= bytes.limit()) {
      end += bytes.getInt((int) end);
    }
    return end;
  }
}
