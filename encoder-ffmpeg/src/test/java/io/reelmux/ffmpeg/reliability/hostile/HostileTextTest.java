package io.reelmux.ffmpeg.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd texts in any setting open nothing but the given destination. */
class HostileTextTest {
  private static final Pattern COUNT = Pattern.compile("tried (\\d+) refused (\\d+)");

  @TempDir Path directory;

  @Test
  void settings_oddTexts_openNothingButTheDestination() throws IOException {
    Path work = Files.createDirectories(directory.resolve("a/b/work"));
    Path files = Files.createDirectory(directory.resolve("files"));
    Path cache = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {

      ChildJvm.Result result =
          ChildJvm.of(HostileTextMain.class)
              .under("env", "-C", work.toString(), "SVT_LOG=0")
              .jvm("-Dorg.bytedeco.javacpp.cachedir=" + cache, "-XX:ErrorFile=/dev/null")
              .jvm("-Djava.io.tmpdir=" + work)
              .with(files, server.getLocalPort())
              .run(Duration.ofMinutes(10));

      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      Matcher count = COUNT.matcher(result.out());
      assertThat(count.find()).isTrue();
      assertThat(tree()).containsExactly("a", "a/b", "a/b/work", "files");
      assertThat(connected(server)).isFalse();
      Reliability.record(
          "hostile texts",
          "URLs, protocol prefixes, patterns, shell and control characters, NUL, broken surrogates,"
              + " up to 1 MiB, in every text setting and as file names; child JVM in an"
              + " empty directory, a listening server",
          Long.parseLong(count.group(1)),
          count.group(2)
              + " refused with a message, the rest encoded; no file but the destination, no"
              + " connection");
    }
  }

  private Iterable<String> tree() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> !path.equals(directory))
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static boolean connected(ServerSocket server) throws IOException {
    server.setSoTimeout(1);
    try {
      server.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
