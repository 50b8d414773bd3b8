package io.reelmux.ffmpeg.trichotomy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** What ffprobe says of a file: dotted names and values, of its {@code flat} form. */
final class Probe {
  private final Map<String, String> entries = new LinkedHashMap<>();

  private Probe() {}

  /** What the names of the first video or audio stream begin with; DVDs have data before it. */
  private String media() {
    return IntStream.range(0, 3)
        .mapToObj(index -> "streams.stream." + index + ".")
        .filter(names -> entries.getOrDefault(names + "codec_type", "").matches("video|audio"))
        .findFirst()
        .orElse("streams.stream.0.");
  }

  /** Reads a file with the ffprobe of the system. */
  static Probe bySystem(Path file) throws IOException {
    return by("ffprobe", file);
  }

  /** Reads a file with the ffprobe of the FFmpeg that wrote it. */
  static Probe byWriter(Path file) throws IOException {
    return by(Loader.load(org.bytedeco.ffmpeg.ffprobe.class), file);
  }

  private static Probe by(String program, Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    program,
                    "-v",
                    "quiet",
                    "-threads",
                    "1",
                    "-of",
                    "flat",
                    "-show_format",
                    "-show_programs",
                    "-show_chapters",
                    "-show_streams",
                    "-show_frames",
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Probe probe = new Probe();
    output
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              String value = line.substring(equals + 1).replaceAll("^\"|\"$", "");
              probe.entries.put(line.substring(0, equals), value);
            });
    return probe;
  }

  /** Whether the file is one that ffprobe can read. */
  boolean isReadable() {
    return !stream("codec_type").isEmpty();
  }

  /** An entry of the stream, or "". */
  String stream(String key) {
    return entries.getOrDefault(media() + key, "");
  }

  /** The values of a key of the frames, in the order in which they are shown. */
  List<String> frames(String key) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().matches("frames\\.frame\\.\\d+\\." + key))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Whether the stream or any of its frames has a value. */
  boolean has(String key, Predicate<String> value) {
    return Stream.concat(Stream.of(stream(key)), frames(key).stream()).anyMatch(value);
  }

  /** Whether any entry has a name that ends so, and a value. */
  boolean any(String pattern, Predicate<String> value) {
    Pattern name = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    return entries.entrySet().stream()
        .anyMatch(entry -> name.matcher(entry.getKey()).matches() && value.test(entry.getValue()));
  }

  /** A tag of the stream. */
  Optional<String> streamTag(String key) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(media()))
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).endsWith(".tags." + key))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Times at which frames are shown, in seconds. */
  List<Double> times() {
    List<String> times = frames("pts_time");
    return (times.isEmpty() ? frames("best_effort_timestamp_time") : times)
        .stream().filter(text -> text.matches("-?[0-9.]+")).map(Double::valueOf).toList();
  }

  /** A fraction as a number, or NaN. */
  static double fraction(String text) {
    String[] parts = text.split("[/:]", -1);
    return parts.length == 2 && parts[0].matches("\\d+") && parts[1].matches("\\d+")
        ? Double.parseDouble(parts[0]) / Double.parseDouble(parts[1])
        : Double.NaN;
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
