package io.reelmux.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call that changes something in the file system of the clips fails in turn. */
class ClipFaultsTest {
  private static final int CLIPS = 3;

  @TempDir Path folder = Path.of("");

  @AfterEach
  void repair() {
    FaultyFileSystem.failAt(0, FaultyFileSystem.Fault.ONCE);
  }

  private static ClipReport encode(Path target) throws IOException {
    return Clips.encode(
        Cluster.spark().parallelize(IntStream.range(0, CLIPS).boxed().toList(), 2),
        new NumberedClip(),
        "faulty://" + target,
        ClipOptions.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void encode_faultAtEachCall_isCompleteOrNothing(FaultyFileSystem.Fault fault) throws Exception {
    Map<String, String> complete = complete();
    int faults = 0;
    boolean failed = true;
    for (int call = 1; failed; call++) {
      Path target = folder.resolve("clips-" + call);
      FaultyFileSystem.failAt(call, fault);
      boolean succeeded = attempt(target);
      failed = FaultyFileSystem.calls() >= call;
      FaultyFileSystem.failAt(0, fault);

      SortedMap<String, String> found = visible(target);
      if (succeeded) {
        assertThat(found).as("call %d", call).isEqualTo(complete);
      } else {
        faults++;
        assertHarmless(found, complete, fault, call);
      }
    }
    assertThat(faults).isGreaterThan(8);
  }

  private static boolean attempt(Path target) {
    try {
      encode(target);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Nothing, or after the driver's death whole clips without _SUCCESS; and a second job works. */
  private void assertHarmless(
      SortedMap<String, String> found,
      Map<String, String> complete,
      FaultyFileSystem.Fault fault,
      int call)
      throws Exception {
    Path target = folder.resolve("clips-" + call);
    if (fault == FaultyFileSystem.Fault.FROM_THEN_ON) {
      found.forEach(
          (name, sum) -> assertThat(complete).as("call %d", call).containsEntry(name, sum));
    } else {
      assertThat(found).as("call %d", call).isEmpty();
    }
    if (found.containsKey("_SUCCESS")) {
      assertThat(found).as("call %d", call).isEqualTo(complete);
    } else {
      encode(target);
      assertThat(visible(target)).as("after call %d", call).isEqualTo(complete);
    }
  }

  /** The files that readers see; the manifest's times differ, so only that it is there. */
  private static SortedMap<String, String> visible(Path target) throws Exception {
    SortedMap<String, String> found = Tree.of(target);
    found.keySet().removeIf(name -> name.startsWith("_reelmux/"));
    found.computeIfPresent("manifest.jsonl", (name, sum) -> "");
    return found;
  }

  private Map<String, String> complete() throws Exception {
    Map<String, String> complete = new TreeMap<>();
    for (int clip = 0; clip < CLIPS; clip++) {
      complete.put(new NumberedClip().name(clip), NumberedClip.expectedSha256(clip, folder));
    }
    complete.put("manifest.jsonl", "");
    complete.put("_SUCCESS", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    return complete;
  }

  @Test
  void encode_fileSystemThatIsUnknown_isRefused() {
    assertThatThrownBy(
            () ->
                Clips.encode(
                    Cluster.spark().parallelize(java.util.List.of(1)),
                    new NumberedClip(),
                    "nowhere://host/clips",
                    ClipOptions.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }
}
