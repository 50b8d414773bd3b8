package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the gallery explain themselves, and say what is wrong. */
class CommandLinesTest {
  @TempDir static Path folder = Path.of("");

  private static Arguments program(String name, ToIntFunction<String[]> run, String... wrong) {
    return Arguments.of(name, run, wrong);
  }

  static Stream<Arguments> programs() {
    String missing = folder.resolve("missing").resolve("out.mp4").toString();
    String unknown = folder.resolve("out.unknown").toString();
    return Stream.of(
        program("CameraNv21", CameraNv21::run, missing),
        program("ChartVideo", ChartVideo::run, unknown),
        program("DatasetWriter", DatasetWriter::run, folder.toString(), "2", "2", "33"),
        program("JavaFxImage", JavaFxImage::run, missing),
        program("LivePreview", LivePreview::run, "70000"),
        program("OpenCvMat", OpenCvMat::run, unknown),
        program("SlideShow", SlideShow::run, folder.toString(), missing, unknown),
        program("UploadService", UploadService::run, "eighty"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void run_help_isOnStandardOutput(String name, ToIntFunction<String[]> program) {
    Run run = Run.of(program, "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith(name + " ").contains("\n  ");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void run_noArguments_isHelpOnStandardError(String name, ToIntFunction<String[]> program) {
    Run run = Run.of(program);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith(name + " ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void run_wrongArguments_isOneLineOnStandardError(
      String name, ToIntFunction<String[]> program, String... wrong) {
    Run run = Run.of(program, (Object[]) wrong);

    assertThat(run.exit()).isEqualTo(1);
    // OpenCV's loader may warn on the lines before
    assertThat(run.err().lines().reduce("", (before, line) -> line)).startsWith(name + ": ");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  static Stream<Arguments> programsWithNumbers() {
    String out = folder.resolve("out.mp4").toString();
    return Stream.of(
        program("CameraNv21", CameraNv21::run, out, "ten"),
        program("ChartVideo", ChartVideo::run, out, "ten", "10"),
        program("DatasetWriter", DatasetWriter::run, folder.toString(), "1.5"),
        program("JavaFxImage", JavaFxImage::run, out, ""),
        program("LivePreview", LivePreview::run, "http"),
        program("OpenCvMat", OpenCvMat::run, out, "9999999999"),
        program("ScreenRecorder", ScreenRecorder::run, out, "1:30"),
        program("SlideShow", SlideShow::run, folder.toString(), out, out, "3", "wide", "90"),
        program("UploadService", UploadService::run, "eighty"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programsWithNumbers")
  void run_notANumber_saysWhichArgumentsAreNumbers(
      String name, ToIntFunction<String[]> program, String... wrong) {
    Run run = Run.of(program, (Object[]) wrong);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().strip())
        .matches(name + ": [A-Z, and]+ must be (whole |a whole )?numbers?.*; --help explains them");
    assertThat(folder.resolve("out.mp4")).doesNotExist();
  }
}
