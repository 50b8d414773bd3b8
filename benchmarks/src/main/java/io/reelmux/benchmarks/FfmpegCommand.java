package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ffmpeg command that is installed: it makes the file, and is a contender. */
final class FfmpegCommand {
  private static final Pattern TIMES =
      Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s rtime=([0-9.]+)s");

  private FfmpegCommand() {}

  /** Makes a file of moving shapes with some noise. */
  static void make(Path file, String size, int frames, int gop)
      throws IOException, InterruptedException {
    String source =
        "testsrc2=size=%s:rate=25:duration=%s,noise=alls=6:allf=t".formatted(size, frames / 25.0);
    run(
        List.of(
            "-f",
            "lavfi",
            "-i",
            source,
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-g",
            String.valueOf(gop),
            "-keyint_min",
            String.valueOf(gop),
            "-sc_threshold",
            "0",
            file.toString()));
  }

  /** Decodes a file to RGB24 and drops it. */
  static ReadMeasurement read(Path file, int frames) throws IOException, InterruptedException {
    String output =
        run(
            List.of(
                "-benchmark",
                "-threads",
                "1",
                "-i",
                file.toString(),
                "-pix_fmt",
                "rgb24",
                "-f",
                "null",
                "-"));
    Matcher times = TIMES.matcher(output);
    if (!times.find()) {
      throw new IOException("ffmpeg printed no times: " + output);
    }
    return new ReadMeasurement(
        1000 * Double.parseDouble(times.group(3)),
        Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2)),
        frames);
  }

  /** Returns the version, such as {@code 5.1.6}. */
  static String version() throws IOException, InterruptedException {
    String line = run(List.of("-version")).lines().findFirst().orElse("");
    return line.replaceAll("^ffmpeg version (\\S+).*", "$1");
  }

  private static String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-y"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
