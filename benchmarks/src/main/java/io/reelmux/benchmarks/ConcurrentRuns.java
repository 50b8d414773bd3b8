package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Measures contenders that one or more callers use at once, in rounds.
 *
 * @param job what each encoding does
 * @param encodings encodings of each caller
 * @param contenders who encodes
 * @param callers numbers of callers, each measured by itself
 */
record ConcurrentRuns(Job job, int encodings, List<Contender> contenders, List<Integer> callers) {
  private static final List<String> JVM_OPTIONS = List.of("-Xmx2g");

  /** A contender and the number of its callers. */
  private record Case(Contender contender, int callers) {
    String name() {
      return nameOf(contender, callers);
    }
  }

  /** Returns the name of a contender with so many callers, as the result file has it. */
  static String nameOf(Contender contender, int callers) {
    return contender.name() + " x" + callers;
  }

  ResultFile measure(int rounds) throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>();
    callers.forEach(n -> contenders.forEach(contender -> cases.add(new Case(contender, n))));
    try (InputFiles files = new InputFiles()) {
      Path frames = files.packed(job);
      List<List<String>> rows =
          Rounds.measure(
              cases, Case::name, rounds, (current, round) -> measure(current, files, frames));
      return new ResultFile(facts(rounds), ResultFile.columns(ConcurrentChild.COLUMNS), rows);
    }
  }

  private String measure(Case current, InputFiles files, Path frames)
      throws IOException, InterruptedException {
    if (current.contender() == Contender.FFMPEG_COMMAND) {
      return command(current.callers(), files, frames);
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                current.contender().name(),
                String.valueOf(current.callers()),
                String.valueOf(encodings)));
    arguments.addAll(job.toArguments());
    List<String> lines = ChildJvm.run(ConcurrentChild.class, JVM_OPTIONS, arguments);
    return lines.get(lines.size() - 1);
  }

  /** Runs the command once for each encoding. */
  private String command(int threads, InputFiles files, Path frames)
      throws IOException, InterruptedException {
    DoubleAdder cpuSeconds = new DoubleAdder();
    AtomicInteger caller = new AtomicInteger();
    try {
      double wallMillis =
          ConcurrentChild.inThreads(
              threads,
              () -> {
                Path file = files.path("clip" + caller.getAndIncrement() + ".mp4");
                for (int i = 0; i < encodings; i++) {
                  cpuSeconds.add(FfmpegCommand.encode(frames, job, file).cpuSeconds());
                }
                return 0.0;
              });
      return ConcurrentChild.line(wallMillis, cpuSeconds.sum(), threads * encodings);
    } catch (ExecutionException e) {
      throw new IOException("ffmpeg failed", e);
    }
  }

  private Map<String, String> facts(int rounds) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", job.size());
    facts.put("frames", String.valueOf(job.frames()));
    facts.put("encodings of a caller", String.valueOf(encodings));
    facts.put("rounds", String.valueOf(rounds));
    facts.put("warm-up frames", String.valueOf(job.warmUps() * job.frames()));
    facts.put("encoder", job.encoder());
    facts.putAll(Machine.describe());
    return facts;
  }
}
