package io.reelmux.cli;

import static io.reelmux.testing.FfmpegCli.ffprobe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar as users run it, in a process of its own. */
class RunnableJarTest {
  @TempDir Path directory = Path.of("");

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        System.getProperty("reelmux.jar"));
  }

  private ProcessBuilder reelmux(List<String> prefix, String... args) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(java());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    // the JVM prints the options that it finds there
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.redirectErrorStream(true);
  }

  private String run(int exit, String... args) throws Exception {
    Process process = reelmux(List.of(), args).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isEqualTo(exit);
    return text;
  }

  @Test
  @RequiresFfmpegCli
  void encode_writesAFile() throws Exception {
    Inputs.images(directory.resolve("frames"), 10);

    String text = run(0, "encode", "frames", "out.mp4", "--quality", "high");

    assertThat(text).startsWith("out.mp4: mp4, 0.400 s").contains("libopenh264");
    assertThat(
            ffprobe(
                directory.resolve("out.mp4"),
                "-count_frames",
                "-show_entries",
                "stream=codec_name,nb_read_frames"))
        .containsExactly("h264,10");
  }

  @Test
  void doctor_findsTheNativesInTheJar() throws Exception {
    String text = run(0, "doctor");

    assertThat(text)
        .containsPattern("natives +" + Pattern.quote(System.getProperty("reelmux.jar")))
        .contains("LGPL version 3 or later")
        .containsPattern("gpu +not used: |cuda:0 ")
        .doesNotContain("encoder-cuda on the class path");
  }

  @ParameterizedTest
  @CsvSource({"INT, -, 130", "TERM, /dev/zero, 143"})
  @EnabledOnOs(OS.LINUX)
  void signal_leavesNoFile(String signal, String input, int exit) throws Exception {
    // a parent in the background ignores SIGINT, and children inherit that
    Process process =
        reelmux(
                List.of("env", "--default-signal=" + signal),
                "encode",
                input,
                "out.mkv",
                "--layout",
                "rgb24",
                "--size",
                "640x360")
            .redirectOutput(Files.createFile(directory.resolve("log")).toFile())
            .start();
    try (OutputStream frames = process.getOutputStream()) {
      if (input.equals("-")) {
        frames.write(new byte[3 * 640 * 360 * 3]);
        frames.flush();
      }
      awaitFile(directory.resolve("out.part.mkv"), process);

      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(exit);
    assertThat(directory).isDirectoryNotContaining("glob:**/*.mkv");
  }

  private static void awaitFile(Path file, Process process)
      throws IOException, InterruptedException {
    for (int n = 0; n < 600 && process.isAlive(); n++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no " + file + ": " + Files.readString(file.resolveSibling("log")));
  }
}
