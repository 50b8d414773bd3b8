package io.reelmux.ffmpeg.internal.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avformat.av_muxer_iterate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class ContainerRowTest {

  /** Muxers that open files or connections of their own, and that not every build has. */
  private static final Set<String> OPTIONAL = Set.of("chromaprint", "whip");

  @Test
  void rows_nameMuxersOfTheBuild() {
    Set<String> names = new TreeSet<>(ContainerRows.allNames());
    names.removeAll(OPTIONAL);

    assertThat(muxers()).hasSizeGreaterThan(100).containsAll(names);
    assertThat(OPTIONAL).allMatch(name -> ContainerRows.of(name).opensOthers);
  }

  @Test
  void putOnce_nameThatIsTaken_isRefused() {
    Map<String, String> table = new HashMap<>();
    ContainerRows.putOnce(table, "mkv", "matroska");

    assertThatThrownBy(() -> ContainerRows.putOnce(table, "mkv", "webm"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'mkv'");
    assertThat(table).containsEntry("mkv", "matroska");
  }

  @Test
  void aliases_areNotNamesOfRows() {
    assertThat(ContainerRows.allAliases()).doesNotContainAnyElementsOf(ContainerRows.allNames());
  }

  private static Set<String> muxers() {
    Set<String> names = new TreeSet<>();
    try (Pointer state = new Pointer()) {
      AVOutputFormat next;
      while ((next = av_muxer_iterate(state)) != null && !next.isNull()) {
        names.addAll(Arrays.asList(next.name().getString().split(",")));
      }
    }
    return names;
  }
}
