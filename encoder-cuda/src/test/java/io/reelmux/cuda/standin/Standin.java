package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stand-in driver of {@code src/test/native/standin}, loaded into this JVM for good.
 *
 * <p>Settings act at once, on all threads and devices; {@code README.md} beside the sources lists
 * them, and what the journal says.
 */
public final class Standin {
  private static final Path FOLDER =
      Path.of(System.getProperty("reelmux.native", "target/native")).toAbsolutePath();
  private static final Path SETTINGS = FOLDER.resolve("standin.conf");
  private static final Path JOURNAL = FOLDER.resolve("standin.log");

  /** In this order: a later one needs an earlier one. */
  private static final List<String> LIBRARIES =
      List.of("libcudart.so.13", "libcuda.so.1", "libnvidia-encode.so.1");

  private static final Standin INSTANCE = new Standin();

  private final Map<String, String> settings = new TreeMap<>();
  private boolean loaded;
  private int epoch;

  private Standin() {}

  /** Whether it was built; it is where there are a C compiler and Linux on x86-64. */
  static boolean isBuilt() {
    return LIBRARIES.stream().allMatch(name -> Files.exists(FOLDER.resolve(name)));
  }

  /** The folder that it was built into. */
  static Path folder() {
    return FOLDER;
  }

  /** Loads it, before anything in this JVM looks for a driver; a second call does nothing more. */
  public static synchronized Standin load() {
    if (!INSTANCE.loaded) {
      INSTANCE.write(JOURNAL, List.of());
      INSTANCE.reset();
      LIBRARIES.forEach(name -> System.load(FOLDER.resolve(name).toString()));
      INSTANCE.loaded = true;
    }
    return INSTANCE;
  }

  /** Sets a key of {@code standin.conf}. */
  public synchronized Standin set(String key, Object value) {
    settings.put(key, value.toString());
    writeSettings();
    return this;
  }

  /** Takes a key back to its default. */
  public synchronized Standin unset(String key) {
    settings.remove(key);
    writeSettings();
    return this;
  }

  /** All keys to their defaults, counters of calls to zero, the journal emptied. */
  public synchronized void reset() {
    epoch++;
    settings.clear();
    writeSettings();
    List<String> alive =
        Stream.of(lastLine("cuda live"), lastLine("nvenc live")).flatMap(Optional::stream).toList();
    write(JOURNAL, alive);
  }

  /** The lines since the last reset that begin with these words. */
  public List<String> journal(String words) {
    try (Stream<String> lines = Files.lines(JOURNAL)) {
      return lines.filter(line -> line.startsWith(words)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What each encoder since the last reset was opened with, by the journal's names. */
  public List<Map<String, String>> configurations() {
    return journal("nvenc config ").stream().map(Standin::values).toList();
  }

  /**
   * What is alive now of what the journal counts: alloc, ctx, stream, event, module, session ...
   */
  public Map<String, String> live() {
    Map<String, String> live = new HashMap<>();
    lastLine("cuda live").ifPresent(line -> live.putAll(values(line)));
    lastLine("nvenc live").ifPresent(line -> live.putAll(values(line)));
    return live;
  }

  /**
   * Fails if anything of the driver is alive, or was left behind or misused since the last reset.
   */
  public void assertNothingLeft() {
    Stream<String> alive =
        live().entrySet().stream()
            .filter(entry -> !entry.getValue().equals("0"))
            .map(entry -> "alive: " + entry);
    Stream<String> complaints =
        journal("").stream().filter(line -> line.matches(".* (leaked|misuse) .*"));
    assertThat(Stream.concat(alive, complaints)).as("left in the driver").isEmpty();
  }

  private static Map<String, String> values(String line) {
    return Arrays.stream(line.split(" "))
        .filter(word -> word.contains("="))
        .map(word -> word.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private Optional<String> lastLine(String words) {
    return journal(words + " ").stream().reduce((first, second) -> second);
  }

  private void writeSettings() {
    List<String> lines =
        Stream.concat(
                Stream.of("EPOCH=" + epoch),
                settings.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()))
            .toList();
    write(SETTINGS, lines);
  }

  private void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
