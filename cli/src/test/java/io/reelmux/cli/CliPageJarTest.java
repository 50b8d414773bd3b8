package io.reelmux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page describes every option, and its examples work as printed. */
class CliPageJarTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");
  private static final Pattern EXAMPLES = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory = Path.of("");

  @Test
  void page_namesEveryCommandAndOption() throws IOException {
    String page = Files.readString(PAGE);
    CommandLine root =
        Main.commandLine(
            new Console(
                InputStream.nullInputStream(),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter())));

    root.getSubcommands()
        .forEach(
            (name, command) -> {
              String section = section(page, name);
              for (OptionSpec option : command.getCommandSpec().options()) {
                String place = option.inherited() || isStandard(option) ? page : section;
                assertThat(place).contains("`" + option.longestName());
              }
            });
    assertThat(root.getSubcommands()).hasSize(4);
  }

  private static boolean isStandard(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static String section(String page, String name) {
    int start = page.indexOf("\n## " + name + "\n");
    assertThat(start).as(name).isPositive();
    int end = page.indexOf("\n## ", start + 4);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // the examples are for a Unix shell
  void examples_work() throws Exception {
    Inputs.images(directory.resolve("frames"), 12);
    Inputs.tone(directory.resolve("music.wav"), 1);
    Inputs.video(directory.resolve("in.mp4"), 50);
    Files.write(directory.resolve("frames.rgb"), Inputs.rgb(10));
    String page = Files.readString(PAGE);
    List<String> examples = EXAMPLES.matcher(page).results().map(match -> match.group(1)).toList();
    String script =
        "set -ex\nreelmux() { '%s' -XX:TieredStopAtLevel=1 -jar '%s' \"$@\"; }\n"
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("reelmux.jar"))
            + String.join("\n", examples);

    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String log = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(log).isZero();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (String output : outputs(examples)) {
      assertThat(directory.resolve(output)).isNotEmptyFile();
    }
  }

  /** Every file that an example names is one that was there, or one that it has written. */
  private static List<String> outputs(List<String> examples) {
    return examples.stream()
        .flatMap(example -> Stream.of(example.split("\\s+")))
        .filter(word -> word.matches("[a-z]+\\.(mp4|mkv|webm|gif|flac)"))
        .distinct()
        .collect(Collectors.toList());
  }
}
