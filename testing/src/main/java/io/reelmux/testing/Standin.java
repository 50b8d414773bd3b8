package io.reelmux.testing;

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
 * The stand-in driver, which is built from {@code encoder-cuda/src/test/native/standin} and stays
 * loaded in this JVM.
 *
 * <p>Settings take effect at once, on all threads and devices; {@code README.md} next to the
 * sources lists them and describes the journal.
 */
public final class Standin {
  private static final Path FOLDER =
      Path.of(System.getProperty("reelmux.native", "target/native")).toAbsolutePath();
  private static final Path SETTINGS = file("NVSTANDIN_CONF", "standin.conf");
  private static final Path JOURNAL = file("NVSTANDIN_LOG", "standin.log");

  /** In this order: later ones depend on earlier ones. */
  private static final List<String> LIBRARIES =
      List.of("libcudart.so.13", "libcuda.so.1", "libnvidia-encode.so.1");

  /** Decodes what the stand-in's encoder writes. */
  private static final String DECODER = "libnvcuvid.so.1";

  private static final Standin INSTANCE = new Standin();

  private final Map<String, String> settings = new TreeMap<>();
  private boolean loaded;
  private boolean decoderLoaded;
  private int epoch;

  private Standin() {}

  private static Path file(String variable, String name) {
    String path = System.getenv(variable);
    return path == null ? FOLDER.resolve(name) : Path.of(path);
  }

  /** Returns whether it was built, which needs a C compiler on Linux x86-64. */
  static boolean isBuilt() {
    return LIBRARIES.stream().allMatch(name -> Files.exists(FOLDER.resolve(name)));
  }

  /** Returns the folder that it was built into. */
  public static Path folder() {
    return FOLDER;
  }

  /** Loads it, before anything in this JVM looks for a driver; later calls have no effect. */
  public static synchronized Standin load() {
    if (!INSTANCE.loaded) {
      INSTANCE.write(JOURNAL, List.of());
      INSTANCE.reset();
      LIBRARIES.forEach(name -> System.load(FOLDER.resolve(name).toString()));
      INSTANCE.loaded = true;
    }
    return INSTANCE;
  }

  /**
   * Loads its decoder too, which stays loaded: without it, FFmpeg decodes on the CPU. It decodes
   * only what the stand-in's encoder has written.
   */
  public synchronized Standin loadDecoder() {
    if (!decoderLoaded) {
      System.load(FOLDER.resolve(DECODER).toString());
      decoderLoaded = true;
    }
    return this;
  }

  /** Sets a key of {@code standin.conf}. */
  public synchronized Standin set(String key, Object value) {
    settings.put(key, value.toString());
    writeSettings();
    return this;
  }

  /**
   * Makes one call of a driver function fail, if this program makes it; FFmpeg's calls do not
   * count.
   *
   * @param function name of the function in the driver API
   * @param call number of the call from now on, from 1
   */
  public synchronized Standin failCall(String function, int call) {
    epoch++;
    return set("FAIL_" + function + "_AT", call);
  }

  /** Whether a call that {@link #failCall} chose has failed since the last reset. */
  public boolean callFailed() {
    return !journal("cuda fault ").isEmpty();
  }

  /** Resets a key to its default. */
  public synchronized Standin unset(String key) {
    settings.remove(key);
    writeSettings();
    return this;
  }

  /** Resets all keys to their defaults and all call counters to zero, and clears the journal. */
  public synchronized void reset() {
    epoch++;
    settings.clear();
    writeSettings();
    List<String> alive =
        Stream.of(lastLine("cuda live"), lastLine("nvenc live"), lastLine("nvdec live"))
            .flatMap(Optional::stream)
            .toList();
    write(JOURNAL, alive);
  }

  /** Returns the lines since the last reset that begin with the prefix. */
  public List<String> journal(String prefix) {
    try (Stream<String> lines = Files.lines(JOURNAL)) {
      return lines.filter(line -> line.startsWith(prefix)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the settings of each encoder opened since the last reset, by the journal's names. */
  public List<Map<String, String>> configurations() {
    return journal("nvenc config ").stream().map(Standin::values).toList();
  }

  /**
   * Returns the numbers of live objects by the journal's names: alloc, ctx, stream, event, module,
   * session ...
   */
  public Map<String, String> live() {
    Map<String, String> live = new HashMap<>();
    lastLine("cuda live").ifPresent(line -> live.putAll(values(line)));
    lastLine("nvenc live").ifPresent(line -> live.putAll(values(line)));
    lastLine("nvdec live").ifPresent(line -> live.putAll(values(line)));
    return live;
  }

  /** Fails if any object of the driver is alive, or was leaked or misused since the last reset. */
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

  private Optional<String> lastLine(String prefix) {
    return journal(prefix + " ").stream().reduce((first, second) -> second);
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
