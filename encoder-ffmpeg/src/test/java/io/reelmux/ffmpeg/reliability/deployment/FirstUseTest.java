package io.reelmux.ffmpeg.reliability.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the first use tells about the native libraries. */
class FirstUseTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path directory = Path.of("");

  @Test
  void emptyCache_atDebug_logTellsWhereToAndHowLong() throws IOException {
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Path logging =
        Files.writeString(
            directory.resolve("logging.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = FINE
            io.reelmux.level = FINE
            """);

    ChildJvm.Result result =
        ChildJvm.of(EncodeMain.class)
            .jvm(
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-Djava.util.logging.config.file=" + logging)
            .run(LIMIT);

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.err())
        .contains("loading FFmpeg; unpacked to " + cache)
        .containsPattern("loaded FFmpeg \\S+ \\(L?GPL.*\\) from \\Q" + cache + "\\E.* in \\d+ ms");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nativeLibraries_ofAnotherVersion_namesBoth() throws IOException {
    // a library that loads, and lacks FFmpeg's functions, as one of another version lacks some
    Path old = directory.resolve("old");
    String platform = Loader.getPlatform();
    Path libraries = Files.createDirectories(old.resolve("org/bytedeco/ffmpeg/" + platform));
    String other = "/org/bytedeco/javacpp/" + platform + "/libjnijavacpp.so";
    try (InputStream in = Loader.class.getResourceAsStream(other)) {
      Files.copy(in, libraries.resolve("libjniavutil.so"));
    }
    Path properties = Files.createDirectories(old.resolve("META-INF/maven/org.bytedeco/ffmpeg"));
    Files.writeString(properties.resolve("pom.properties"), "version=7.1.1-1.5.12\n");

    ChildJvm.Result result =
        ChildJvm.of(EncodeMain.class)
            .classPath(
                old + File.pathSeparator + ClassPath.without(ClassPath::isFfmpegNativeLibraries))
            .jvm("-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("cache"))
            .run(LIMIT);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out())
        .contains("could not load FFmpeg's native libraries")
        .containsPattern("org\\.bytedeco:ffmpeg in the versions 7\\.1\\.1-1\\.5\\.12 and \\d")
        .contains("use one version for all of them");
  }
}
