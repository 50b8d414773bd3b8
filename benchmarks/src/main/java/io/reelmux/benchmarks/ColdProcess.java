package io.reelmux.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A cold JVM that runs one of the programs.
 *
 * @param java the JDK's folder
 * @param classPath jars only
 * @param program a program that reports by {@link ColdStep}
 */
record ColdProcess(Path java, String classPath, Class<?> program) {

  /** What is measured: until the first frame was taken, and until the process has ended. */
  static final String COLUMNS = "first ms\tfirst CPU s\twall ms\tCPU s";

  /** The kernel's unit of CPU time in /proc, on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** Runs the program and returns what was measured, separated by tabs. */
  String run(List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(arguments);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    awaitReport(output);
    double firstMillis = (System.nanoTime() - start) / 1e6;
    double firstCpu = cpuSeconds(process);
    proceed(process);
    awaitReport(output);
    double cpu = cpuSeconds(process);
    proceed(process);
    int code = process.waitFor();
    double wallMillis = (System.nanoTime() - start) / 1e6;
    if (code != 0) {
      throw new IOException(program.getSimpleName() + " exited with " + code);
    }
    return line(firstMillis, firstCpu, wallMillis, cpu);
  }

  static String line(double firstMillis, double firstCpu, double wallMillis, double cpu) {
    return String.format(
        Locale.ROOT, "%.1f\t%.2f\t%.1f\t%.2f", firstMillis, firstCpu, wallMillis, cpu);
  }

  private void awaitReport(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.equals(ColdStep.REPORT)) {
      System.err.println(line);
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException(program.getSimpleName() + " ended without a report");
    }
  }

  private static void proceed(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  private static double cpuSeconds(Process process) throws IOException {
    String line = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    // the name of the program, in parentheses, may contain spaces
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    double ticks =
        Double.parseDouble(fields[USER_TICKS]) + Double.parseDouble(fields[SYSTEM_TICKS]);
    return ticks / TICKS_PER_SECOND;
  }
}
