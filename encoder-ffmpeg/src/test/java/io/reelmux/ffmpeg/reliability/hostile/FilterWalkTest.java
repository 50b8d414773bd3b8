package io.reelmux.ffmpeg.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.internal.option.AcceptedFilters;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No filter that is accepted crashes the process or waits forever. */
class FilterWalkTest {

  /**
   * Arguments of filters that need some; those with several inputs or outputs get a whole graph.
   */
  private static final Map<String, List<String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("curves", List.of("curves=preset=vintage")),
          Map.entry("loop", List.of("loop=loop=2:size=3")),
          Map.entry("aloop", List.of("aloop=loop=2:size=100")),
          Map.entry("apad", List.of("apad=pad_len=100")),
          Map.entry("tpad", List.of("tpad=stop=3")),
          Map.entry("split", List.of("split[a][b];[a][b]hstack")),
          Map.entry("hstack", List.of("split[a][b];[a][b]hstack")),
          Map.entry("vstack", List.of("split[a][b];[a][b]vstack")),
          Map.entry("xstack", List.of("split[a][b];[a][b]xstack=layout=0_0|w0_0")),
          Map.entry("overlay", List.of("split[a][b];[a][b]overlay")),
          Map.entry("blend", List.of("split[a][b];[a][b]blend=all_mode=average")),
          Map.entry("asplit", List.of("asplit[a][b];[a][b]amix")),
          Map.entry("amix", List.of("asplit[a][b];[a][b]amix=weights=1 2")),
          Map.entry("amerge", List.of("asplit[a][b];[a][b]amerge")),
          Map.entry("crop", List.of("crop", "crop=7:9:3:5")),
          Map.entry("scale", List.of("scale", "scale=-2:8", "scale=334:2")),
          Map.entry("pan", List.of("pan=mono|c0=c0+c1")),
          Map.entry("channelmap", List.of("channelmap=1|0")),
          Map.entry("adelay", List.of("adelay=10|20")),
          Map.entry("aecho", List.of("aecho=0.8:0.9:40:0.3")),
          Map.entry("chorus", List.of("chorus=0.5:0.9:50:0.4:0.25:2")),
          Map.entry("silenceremove", List.of("silenceremove=start_periods=1")),
          Map.entry("setpts", List.of("setpts=2*PTS")));

  @Test
  void filters_allAccepted_encodeWithoutACrash() throws IOException {
    List<String> descriptions = new ArrayList<>();
    for (String filter : AcceptedFilters.names()) {
      descriptions.addAll(ARGUMENTS.getOrDefault(filter, List.of(filter)));
    }

    ChildJvm.Result result =
        ChildJvm.of(FilterWalkMain.class)
            .jvm("-XX:ErrorFile=/dev/null")
            .with(descriptions.toArray())
            .run(Duration.ofMinutes(2));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    List<String> encoded =
        result.lines().stream()
            .filter(line -> line.startsWith("encoded "))
            .map(line -> line.substring(8))
            .toList();
    assertThat(descriptions).hasSizeGreaterThan(110);
    assertThat(encoded).containsExactlyElementsOf(descriptions);
  }
}
