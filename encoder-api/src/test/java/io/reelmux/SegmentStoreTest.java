package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores in a directory and in memory. */
class SegmentStoreTest {
  static final SegmentInfo INFO =
      new SegmentInfo(SegmentKind.SEGMENT, "video/mp4", "video0", 0, 0, Duration.ZERO);

  @TempDir Path directory;

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static void put(SegmentStore store, String name, String text) throws IOException {
    try (SegmentStore.Entry entry = store.create(name, INFO)) {
      entry.write(bytes(text));
      entry.commit();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void directory_entry_isInvisibleUntilCommit() throws IOException {
    SegmentStore store = SegmentStore.directory(directory);
    put(store, "list.m3u8", "old");

    try (SegmentStore.Entry entry = store.create("list.m3u8", INFO)) {
      entry.write(bytes("new "));
      entry.write(bytes("text"));
      assertThat(directory.resolve("list.m3u8")).hasContent("old");
      entry.commit();
    }

    assertThat(directory.resolve("list.m3u8")).hasContent("new text");
    assertThat(files()).containsExactly("list.m3u8");
  }

  @Test
  void directory_closeWithoutCommit_leavesNothing() throws IOException {
    SegmentStore store = SegmentStore.directory(directory.resolve("sub"));
    SegmentStore.Entry entry = store.create("a.m4s", INFO);
    entry.write(bytes("half"));

    entry.close();
    entry.close();

    assertThat(files()).isEmpty();
  }

  @Test
  void directory_namesWithDirectories_areCreatedAndDeleted() throws IOException {
    SegmentStore store = SegmentStore.directory(directory);

    put(store, "video/0/1.m4s", "x");
    assertThat(files()).containsExactly("video/0/1.m4s");
    store.delete("video/0/1.m4s");

    assertThat(files()).isEmpty();
  }

  @Test
  void directory_linkThatLeadsOut_isRefused(@TempDir Path outside) throws IOException {
    Files.createSymbolicLink(directory.resolve("link"), outside);
    Files.writeString(outside.resolve("precious"), "kept");
    SegmentStore store = SegmentStore.directory(directory);

    assertThatThrownBy(() -> store.create("link/a.m4s", INFO)).hasMessageContaining("leads out");
    assertThatThrownBy(() -> store.create("link/deeper/a.m4s", INFO))
        .hasMessageContaining("leads out");
    assertThatThrownBy(() -> store.delete("link/precious")).hasMessageContaining("leads out");
    assertThat(outside.resolve("precious")).exists();
    assertThat(outside.resolve("deeper")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../x", "a/../x", "/x", "a//b", "a/", "a/.", "a\\b", "C:x", "C:\\x", "a\0b",
        "a\nb"
      })
  void names_unsafe_areRefused(String name) {
    assertThatThrownBy(() -> SegmentStore.checkName(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SegmentStore.directory(directory).create(name, INFO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SegmentStore.directory(directory).delete(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MemoryStore().create(name, INFO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.m4s", "..a", "a..b", "with space", "ü/1.ts"})
  void names_safe_areAccepted(String name) {
    assertThat(SegmentStore.checkName(name)).isEqualTo(name);
  }

  @Test
  void memory_entry_isInvisibleUntilCommit() throws IOException {
    MemoryStore store = new MemoryStore();
    SegmentStore.Entry dropped = store.create("b", INFO);
    dropped.write(bytes("half"));
    dropped.close();
    assertThat(store.names()).isEmpty();

    put(store, "a", "text");

    assertThat(store.names()).containsExactly("a");
    assertThat(UTF_8.decode(store.get("a").orElseThrow()).toString()).isEqualTo("text");
    assertThat(store.info("a")).contains(INFO);
    store.delete("a");
    assertThat(store.get("a")).isEmpty();
    assertThatThrownBy(() -> store.delete("a")).isInstanceOf(IOException.class);
  }
}
