package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.EncoderException;
import io.reelmux.Speed;
import io.reelmux.ffmpeg.PageTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Encodes about a thousand files in this JVM, and each combination once more in a fresh JVM whose
 * memory is filled with a random byte when it is allocated and freed. Writes the table of
 * docs/repeatability.md.
 */
@RequiresGpl
@EnabledIfSystemProperty(named = "reelmux.stress", matches = "true")
class RepeatabilityTableTest {
  private static final Path PAGE = Path.of("..", "docs", "repeatability.md");
  private static final int ROUNDS = 3;
  private static final int CHILDREN = 50;

  /** In nine of them, the number of macroblocks in a row is not a multiple of eight. */
  private static final List<String> SIZES =
      List.of(
          "176x144",
          "320x180",
          "352x288",
          "400x226",
          "426x240",
          "480x270",
          "640x360",
          "720x480",
          "854x480",
          "960x540",
          "1024x576",
          "1280x720");

  /** Each at a speed at which it looks ahead, if that takes no longer than needed. */
  private static final Map<String, Optional<Speed>> ENCODERS = new LinkedHashMap<>();

  static {
    ENCODERS.put("libx264", Optional.of(Speed.FAST));
    ENCODERS.put("libx265", Optional.of(Speed.FAST));
    ENCODERS.put("libsvtav1", Optional.of(Speed.FASTEST));
    ENCODERS.put("libvpx-vp9", Optional.of(Speed.FASTEST));
    ENCODERS.put("ffv1", Optional.empty());
  }

  /** Every hash of a combination, and how often it was encoded where. */
  private static final class Outcome {
    final Set<String> hashes = new LinkedHashSet<>();
    int here;
    int fresh;
  }

  private final Map<Combination, Outcome> outcomes = new LinkedHashMap<>();

  @Test
  void encode_aThousandFiles_haveOneHashPerCombination() throws IOException {
    for (Combination combination : combinations()) {
      outcomes.put(combination, new Outcome());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<Combination, Outcome> entry : outcomes.entrySet()) {
        entry.getValue().hashes.add(entry.getKey().hash());
        entry.getValue().here++;
      }
    }
    for (int child = 0; child < CHILDREN; child++) {
      encodeInFreshJvm(child);
    }

    assertThat(outcomes.values()).allMatch(outcome -> outcome.fresh > 0);
    assertThat(outcomes.entrySet())
        .filteredOn(entry -> entry.getValue().hashes.size() != 1)
        .extracting(entry -> entry.getKey() + " " + entry.getValue().hashes)
        .isEmpty();
    PageTable.replace(PAGE, "RepeatabilityTableTest", table());
  }

  /** Encodes the combinations whose number is that of the child, and every fiftieth from there. */
  private void encodeInFreshJvm(int child) {
    List<Combination> all = List.copyOf(outcomes.keySet());
    List<Combination> some = new ArrayList<>();
    for (int i = child; i < all.size(); i += CHILDREN) {
      some.add(all.get(i));
    }
    int fill = 1 + new Random().nextInt(255);
    List<String> hashes = Combination.hashesInFreshJvm(some, fill);
    assertThat(hashes).as("MALLOC_PERTURB_=" + fill).hasSameSizeAs(some);
    for (int i = 0; i < some.size(); i++) {
      Outcome outcome = Objects.requireNonNull(outcomes.get(some.get(i)));
      outcome.hashes.add(hashes.get(i));
      outcome.fresh++;
    }
  }

  private static List<Combination> combinations() throws IOException {
    List<Combination> all = new ArrayList<>();
    for (String encoder : ENCODERS.keySet()) {
      for (String audio : List.of("aac", "libopus")) {
        for (String container : List.of("mp4", "mkv", "webm", "mov", "ts")) {
          if (isStorable(combination(container, encoder, audio, SIZES.get(0)))) {
            SIZES.forEach(size -> all.add(combination(container, encoder, audio, size)));
          }
        }
      }
    }
    return all;
  }

  private static Combination combination(
      String container, String encoder, String audio, String size) {
    String[] sides = size.split("x", -1);
    return new Combination(
        container,
        Optional.of(encoder),
        audio,
        Integer.parseInt(sides[0]),
        Integer.parseInt(sides[1]),
        Objects.requireNonNull(ENCODERS.get(encoder)));
  }

  private static boolean isStorable(Combination combination) throws IOException {
    try {
      combination.hash();
      return true;
    } catch (IllegalArgumentException | EncoderException refusal) {
      assertThat(refusal).hasMessageContaining(combination.container());
      return false;
    }
  }

  private List<String> table() {
    List<String> table = new ArrayList<>();
    int here = outcomes.values().stream().mapToInt(outcome -> outcome.here).sum();
    int fresh = outcomes.values().stream().mapToInt(outcome -> outcome.fresh).sum();
    table.add(PageTable.machine());
    table.add("%d encodings in one JVM, %d in %d fresh ones.".formatted(here, fresh, CHILDREN));
    table.add("");
    table.add(
        "| video | audio | container | sizes | in one JVM | in fresh JVMs | files per size |");
    table.add("| --- | --- | --- | --: | --: | --: | --: |");
    Map<String, List<Outcome>> rows = new LinkedHashMap<>();
    outcomes.forEach(
        (combination, outcome) ->
            rows.computeIfAbsent(row(combination), key -> new ArrayList<>()).add(outcome));
    rows.forEach(
        (row, sizes) ->
            table.add(
                "%s%d | %d | %d | %d |"
                    .formatted(
                        row,
                        sizes.size(),
                        sizes.stream().mapToInt(outcome -> outcome.here).sum(),
                        sizes.stream().mapToInt(outcome -> outcome.fresh).sum(),
                        sizes.stream()
                            .mapToInt(outcome -> outcome.hashes.size())
                            .max()
                            .orElse(0))));
    return table;
  }

  private static String row(Combination combination) {
    return "| %s | %s | %s | "
        .formatted(combination.video().orElseThrow(), combination.audio(), combination.container());
  }
}
