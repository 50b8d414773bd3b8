package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/**
 * The ffmpeg command of the same native libraries: it is a contender, makes the files to read, and
 * compares what contenders wrote.
 */
final class FfmpegCommand {
  private static final Pattern TIMES =
      Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s rtime=([0-9.]+)s");
  private static final Pattern PEAK = Pattern.compile("bench: maxrss=([0-9]+)Ki?B");
  private static final Pattern PSNR = Pattern.compile("PSNR .*average:([0-9.]+|inf)");

  private FfmpegCommand() {}

  /**
   * A run of the command.
   *
   * @param wallMillis from the start of the process to its end
   * @param workMillis the same without the start of the process, by its own account
   * @param cpuSeconds of the process, all threads
   * @param peakMiB peak memory of the process
   */
  record Run(double wallMillis, double workMillis, double cpuSeconds, double peakMiB) {}

  /** Encodes packed frames of the job's size, which {@link InputFiles} wrote. */
  static Run encode(Path frames, Job job, Path file) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(rawVideo("rgb24", job));
    arguments.addAll(List.of("-i", frames.toString(), "-frames:v", String.valueOf(job.frames())));
    arguments.addAll(List.of("-pix_fmt", "yuv420p", "-c:v", job.codec().encoder()));
    job.codec()
        .options(job.preset())
        .forEach((name, value) -> arguments.addAll(List.of("-" + name, value)));
    job.codec()
        .bitRate()
        .ifPresent(rate -> arguments.addAll(List.of("-b:v", String.valueOf(rate))));
    arguments.addAll(List.of("-f", "mp4", file.toString()));
    return measure(arguments);
  }

  /** Encodes interleaved samples of 32-bit floating point as AAC. */
  static Run encodeAudio(Path samples, int sampleRate, long bitRate, Path file)
      throws IOException, InterruptedException {
    return measure(
        List.of(
            "-f",
            "f32le",
            "-ar",
            String.valueOf(sampleRate),
            "-ac",
            "2",
            "-i",
            samples.toString(),
            "-c:a",
            "aac",
            "-b:a",
            String.valueOf(bitRate),
            "-f",
            "mp4",
            file.toString()));
  }

  /**
   * Returns the PSNR of a file, all planes together, in dB. It compares values: colors of another
   * matrix differ.
   *
   * @param reference planes Y, U, V of the frames that it should show
   */
  static double psnr(Path file, Path reference, Job job) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-i", file.toString()));
    arguments.addAll(rawVideo("yuv420p", job));
    arguments.addAll(List.of("-i", reference.toString()));
    // frames by number, whatever their times; values as they are, whatever their tags
    String plain =
        "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709,"
            + "settb=1/30,setpts=N";
    String filters = "[0:v]%s[a];[1:v]%s[b];[a][b]psnr".formatted(plain, plain);
    arguments.addAll(List.of("-lavfi", filters, "-f", "null", "-"));
    String output = run(arguments);
    return Double.parseDouble(find(PSNR, output, "PSNR").group(1).replace("inf", "Infinity"));
  }

  private static List<String> rawVideo(String pixelFormat, Job job) {
    return List.of(
        "-f",
        "rawvideo",
        "-pixel_format",
        pixelFormat,
        "-video_size",
        job.size(),
        "-framerate",
        String.valueOf(Job.RATE));
  }

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
    Run run =
        measure(
            List.of(
                "-threads", "1", "-i", file.toString(), "-pix_fmt", "rgb24", "-f", "null", "-"));
    return new ReadMeasurement(run.workMillis(), run.cpuSeconds(), frames);
  }

  private static Run measure(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("-benchmark"));
    command.addAll(arguments);
    long start = System.nanoTime();
    String output = run(command);
    double wallMillis = (System.nanoTime() - start) / 1e6;
    Matcher times = find(TIMES, output, "times");
    return new Run(
        wallMillis,
        1000 * Double.parseDouble(times.group(3)),
        Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2)),
        Double.parseDouble(find(PEAK, output, "memory").group(1)) / 1024);
  }

  private static Matcher find(Pattern pattern, String output, String what) throws IOException {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IOException("ffmpeg printed no " + what + ": " + output);
    }
    return matcher;
  }

  private static String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Loader.load(ffmpeg.class)));
    command.addAll(List.of("-nostdin", "-hide_banner", "-y"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
