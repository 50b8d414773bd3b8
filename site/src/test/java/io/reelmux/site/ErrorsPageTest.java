package io.reelmux.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages in docs/errors.md are those of the code. */
class ErrorsPageTest {
  private static final List<String> MESSAGES = new ArrayList<>();

  private static final String GPU = "could not use the GPU";

  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void provokeAll() throws IOException {
    Inputs.write(folder);
    for (Mistakes.Action mistake : Mistakes.all(folder)) {
      MESSAGES.add(messageOf(mistake));
    }
    // on a machine with an NVIDIA driver the message is another one
    MESSAGES.removeIf(message -> hasDriver() && message.contains(GPU));
  }

  @Test
  void page_hasEveryMessage() throws IOException {
    assertThat(MESSAGES).isNotEmpty().allMatch(message -> !message.isEmpty());
    assertThat(onPage()).containsAll(MESSAGES);
  }

  @Test
  void page_hasNoOtherMessages() throws IOException {
    assertThat(MESSAGES).containsAll(onPage());
  }

  /** The lines that are nothing but code. */
  private static List<String> onPage() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "errors.md")).stream()
        .filter(line -> line.startsWith("`") && line.endsWith("`"))
        .map(line -> line.substring(1, line.length() - 1))
        .filter(line -> !hasDriver() || !line.contains(GPU))
        .toList();
  }

  private static boolean hasDriver() {
    try {
      return EncoderCatalog.load()
          .unavailableReason(Device.cuda(0))
          .filter(reason -> reason.contains("there is no NVIDIA driver"))
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String messageOf(Mistakes.Action mistake) {
    try {
      mistake.run();
      return "";
    } catch (Exception e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String text = e.getClass().getSimpleName() + ": " + first;
      return text.replace(folder.toString(), "/home/me")
          .replace(Path.of("").toAbsolutePath().toString(), "/home/me");
    }
  }
}
