package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.EncoderInfo;
import io.reelmux.EncodingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Applies every setting to encoders in containers, and counts what became of each. */
final class Walk {

  /** What became of a setting. */
  enum Outcome {
    /** The file has it. */
    SEEN,
    /** The file has it, but only the ffprobe of the FFmpeg that wrote it can tell. */
    SEEN_BY_WRITER,
    /** Opening was refused, and there is no file. */
    REFUSED,
    /** A note names it. */
    NOTED,
    /** None of these. */
    SILENT
  }

  private final Path folder;
  private final Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
  private final List<String> silent = new ArrayList<>();
  private final List<String> byWriter = new ArrayList<>();
  private final TreeMap<String, Integer> unreadable = new TreeMap<>();
  private int pairs;

  Walk(Path folder) {
    this.folder = folder;
  }

  /** Walks the settings of one encoder in one container, if that holds its codec. */
  void pair(EncoderInfo info, String container) throws IOException {
    Optional<Written> plain = write(info, container, List.of());
    if (plain.isEmpty()) {
      return;
    }
    pairs++;
    if (!plain.get().system().isReadable() && !plain.get().writer().isReadable()) {
      unreadable.merge(container, 1, Integer::sum);
      return;
    }
    List<Setting> settings =
        Settings.of(info.kind()).stream().filter(s -> s.concerns().test(info)).toList();
    for (int round : IntStream.rangeClosed(1, 5).toArray()) {
      group(info, container, settings.stream().filter(s -> s.round() == round).toList());
    }
  }

  /** Applies settings to one file; if they are refused, finds out which. */
  private void group(EncoderInfo info, String container, List<Setting> settings)
      throws IOException {
    if (settings.isEmpty()) {
      return;
    }
    Optional<Written> written = write(info, container, settings);
    if (written.isPresent()) {
      for (Setting setting : settings) {
        count(
            info,
            container,
            setting,
            judge(setting, written.get(), info),
            written.get().result().notes());
      }
    } else if (settings.size() == 1) {
      count(info, container, settings.get(0), Outcome.REFUSED, List.of());
    } else {
      int half = settings.size() / 2;
      group(info, container, settings.subList(0, half));
      group(info, container, settings.subList(half, settings.size()));
    }
  }

  private static Outcome judge(Setting setting, Written file, EncoderInfo info) throws IOException {
    if (setting.seen().test(file.system(), info)) {
      return Outcome.SEEN;
    }
    if (file.result().notes().stream().anyMatch(note -> setting.note().matcher(note).find())) {
      return Outcome.NOTED;
    }
    return setting.seen().test(file.writer(), info) ? Outcome.SEEN_BY_WRITER : Outcome.SILENT;
  }

  /** Empty if opening was refused, before there was a file. */
  private Optional<Written> write(EncoderInfo info, String container, List<Setting> settings)
      throws IOException {
    Path file = folder.resolve("file." + container);
    Files.deleteIfExists(file);
    try {
      Request request = new Request(info);
      settings.forEach(setting -> setting.apply().accept(request));
      EncodingResult result = request.encode(file, container);
      return Optional.of(new Written(file, result, Probe.bySystem(file)));
    } catch (IllegalArgumentException refused) {
      if (Files.exists(file)) {
        throw new AssertionError(info.name() + " in " + container + " left a file", refused);
      }
      return Optional.empty();
    } catch (IOException | RuntimeException failed) {
      silent.add(info.name() + " in " + container + ": " + settings + " failed: " + failed);
      return Optional.empty();
    }
  }

  private void count(
      EncoderInfo info, String container, Setting setting, Outcome outcome, List<String> notes) {
    counts
        .computeIfAbsent(setting.name(), name -> new EnumMap<>(Outcome.class))
        .merge(outcome, 1, Integer::sum);
    String where = setting.name() + ": " + info.name() + " in " + container;
    if (outcome == Outcome.SILENT) {
      silent.add(where + " " + notes);
    } else if (outcome == Outcome.SEEN_BY_WRITER) {
      byWriter.add(where);
    }
  }

  /** Combinations that were neither stored nor refused nor noted, and failures. */
  List<String> silent() {
    return silent;
  }

  /** Combinations that only the newer ffprobe can see. */
  List<String> byWriter() {
    return byWriter;
  }

  /** Containers that no ffprobe can read, and the number of encoders in them. */
  Map<String, Integer> unreadable() {
    return unreadable;
  }

  /** Encoders in containers that hold their codec. */
  int pairs() {
    return pairs;
  }

  /** Outcomes by setting. */
  Map<String, Map<Outcome, Integer>> counts() {
    return counts;
  }

  /** A file and what is known of it. */
  private static final class Written {
    private final Path file;
    private final EncodingResult result;
    private final Probe system;
    private @Nullable Probe writer;

    Written(Path file, EncodingResult result, Probe system) {
      this.file = file;
      this.result = result;
      this.system = system;
    }

    EncodingResult result() {
      return result;
    }

    Probe system() {
      return system;
    }

    Probe writer() throws IOException {
      Probe probe = writer == null ? Probe.byWriter(file) : writer;
      writer = probe;
      return probe;
    }
  }
}
