package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.EncoderInfo;
import io.reelmux.EncodingResult;
import io.reelmux.ffmpeg.trichotomy.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Applies settings to encoders in containers, and finds out what became of each. */
final class Walk {

  /** The note on a container that says nothing of its streams. */
  private static final String STATES_NOTHING = "states nothing of its streams";

  private static final int LAST_ROUND = 5;

  private final Path folder;
  private final Plan plan;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();
  private final List<String> byWriter = new ArrayList<>();

  /** The settings that an encoder has refused, which are tried alone first. */
  private final Map<String, Set<Setting>> refused = new HashMap<>();

  Walk(Path folder, Plan plan) {
    this.folder = folder;
    this.plan = plan;
  }

  /** Walks the settings of one encoder in one container, if that holds its codec. */
  void pair(EncoderInfo info, String container) throws IOException {
    if (plan.skips(container)) {
      return;
    }
    List<Setting> all =
        Settings.of(info.kind()).stream().filter(s -> s.concerns().test(info)).toList();
    List<Setting> always = all.stream().filter(s -> s.round() == 0).toList();
    Optional<Written> plain = write(info, container, always);
    if (plain.isEmpty()) {
      return;
    }
    judge(info, container, always, plain.get());
    if (plain.get().statesNothing()) {
      plan.statesNothing(container);
      return;
    }
    if (!plain.get().isReadable()) {
      return;
    }
    List<Setting> others =
        all.stream().filter(s -> s.round() > 0 && plan.includes(info, container, s)).toList();
    for (int round : IntStream.rangeClosed(1, LAST_ROUND).toArray()) {
      round(info, container, others.stream().filter(s -> s.round() == round).toList());
    }
  }

  private void round(EncoderInfo info, String container, List<Setting> settings)
      throws IOException {
    Set<Setting> known = refused.computeIfAbsent(info.name(), name -> new HashSet<>());
    List<Setting> others = new ArrayList<>(settings);
    for (Setting setting : settings) {
      if (known.contains(setting)) {
        others.remove(setting);
        group(info, container, List.of(setting));
      }
    }
    group(info, container, others);
  }

  /** Applies settings to one file; if they are refused, finds out which. */
  private void group(EncoderInfo info, String container, List<Setting> settings)
      throws IOException {
    if (settings.isEmpty()) {
      return;
    }
    Optional<Written> written = write(info, container, settings);
    if (written.isPresent()) {
      judge(info, container, settings, written.get());
    } else if (settings.size() == 1) {
      refused.computeIfAbsent(info.name(), name -> new HashSet<>()).add(settings.get(0));
      add(info, container, settings.get(0), Outcome.REFUSED, List.of());
    } else {
      int half = settings.size() / 2;
      group(info, container, settings.subList(0, half));
      group(info, container, settings.subList(half, settings.size()));
    }
  }

  private void judge(EncoderInfo info, String container, List<Setting> settings, Written file)
      throws IOException {
    for (Setting setting : settings) {
      add(info, container, setting, judge(setting, file, info), file.result().notes());
    }
  }

  private static Outcome judge(Setting setting, Written file, EncoderInfo info) throws IOException {
    if (file.hasTwoReaders() && setting.seen().test(file.system(), info)) {
      return Outcome.SEEN;
    }
    if (file.statesNothing()
        || file.result().notes().stream().anyMatch(note -> setting.note().matcher(note).find())) {
      return Outcome.NOTED;
    }
    if (setting.seen().test(file.writer(), info)) {
      return Outcome.SEEN_BY_WRITER;
    }
    // its decoders differ
    return !file.hasTwoReaders() && setting.seen().test(file.system(), info)
        ? Outcome.SEEN
        : Outcome.SILENT;
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
      return Optional.of(new Written(file, result, plan.hasTwoReaders(container)));
    } catch (IllegalArgumentException refusal) {
      if (Files.exists(file)) {
        throw new AssertionError(info.name() + " in " + container + " left a file", refusal);
      }
      return Optional.empty();
    } catch (IOException | RuntimeException failed) {
      silent.add(info.name() + " in " + container + ": " + settings + " failed: " + failed);
      return Optional.empty();
    }
  }

  private void add(
      EncoderInfo info, String container, Setting setting, Outcome outcome, List<String> notes) {
    verdicts.add(new Verdict(info.name(), container, setting.name(), outcome));
    String where = setting.name() + ": " + info.name() + " in " + container;
    if (outcome == Outcome.SILENT) {
      silent.add(where + " " + notes);
    } else if (outcome == Outcome.SEEN_BY_WRITER && plan.hasTwoReaders(container)) {
      byWriter.add(where);
    }
  }

  /** Combinations that were neither stored nor refused nor noted, and failures. */
  List<String> silent() {
    return silent;
  }

  /** Combinations that the system's ffprobe read and did not see, unlike the newer one. */
  List<String> byWriter() {
    return byWriter;
  }

  /** What became of every setting. */
  List<Verdict> verdicts() {
    return verdicts;
  }

  /** A file and what is known of it. */
  private static final class Written {
    private final Path file;
    private final EncodingResult result;
    private final boolean twoReaders;
    private @Nullable Probe system;
    private @Nullable Probe writer;

    Written(Path file, EncodingResult result, boolean twoReaders) {
      this.file = file;
      this.result = result;
      this.twoReaders = twoReaders;
    }

    EncodingResult result() {
      return result;
    }

    boolean hasTwoReaders() {
      return twoReaders;
    }

    boolean statesNothing() {
      return result.notes().stream().anyMatch(note -> note.contains(STATES_NOTHING));
    }

    boolean isReadable() throws IOException {
      return (twoReaders && system().isReadable()) || writer().isReadable();
    }

    Probe system() throws IOException {
      Probe probe = system == null ? Probe.bySystem(file) : system;
      system = probe;
      return probe;
    }

    Probe writer() throws IOException {
      Probe probe = writer == null ? Probe.byWriter(file) : writer;
      writer = probe;
      return probe;
    }
  }
}
