package io.reelmux.ffmpeg.reliability.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First use under difficult circumstances, each in its own JVM. */
class LoadingTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String LICENSE =
      Reliability.license().equals("gpl")
          ? "(GPL version 3 or later)"
          : "(LGPL version 3 or later)";

  @TempDir Path directory;

  @Test
  void firstUse_16ThreadsAndEmptyCache_allEncode() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    assertThat(home.toFile().setWritable(false)).isTrue();
    int runs = Reliability.times(1, 20);
    for (int run = 0; run < runs; run++) {
      ChildJvm.Result result = withCache("threads" + run, 16).jvm("-Duser.home=" + home).run(LIMIT);

      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out().lines()).hasSize(16).allMatch(line -> line.endsWith(LICENSE));
    }
    assertThat(home.toFile().list()).isEmpty();
    Reliability.record(
        "concurrent first use",
        "16 threads of a fresh JVM encode at once; read-only home, empty JavaCPP cache elsewhere",
        runs,
        "all clips encoded");
  }

  @Test
  void firstUse_fourProcessesAndOneEmptyCache_allEncode() throws IOException {
    int runs = Reliability.times(1, 20);
    for (int run = 0; run < runs; run++) {
      List<ChildJvm.Started> started = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        started.add(withCache("processes" + run, 1).start());
      }
      for (ChildJvm.Started one : started) {
        ChildJvm.Result result = one.await(LIMIT);
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains(LICENSE);
      }
    }
    Reliability.record(
        "four processes, one empty cache",
        "four JVMs started at once on one empty JavaCPP cache",
        runs,
        "all clips encoded");
  }

  @Test
  void firstUse_unwritableCache_usesAnotherDirectory() throws IOException {
    // a file in place of a directory, where not even root can write
    Path blocked = Files.writeString(directory.resolve("file"), "x");

    ChildJvm.Result result =
        ChildJvm.of(EncodeMain.class)
            .jvm("-Duser.home=" + blocked.resolve("home"))
            .jvm("-Dorg.bytedeco.javacpp.cachedir=" + blocked.resolve("cache"))
            .jvm("-Djava.io.tmpdir=" + directory)
            .run(LIMIT);

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains(LICENSE);
    Reliability.record(
        "home and cache that cannot be written",
        "both are below a file",
        1,
        "encoded; the native libraries are unpacked in the temporary directory");
  }

  @Test
  void firstUse_noFfmpegNativeLibraries_namesTheArtifact() {
    refused(
        "no FFmpeg native libraries on the class path",
        ChildJvm.of(EncodeMain.class)
            .classPath(ClassPath.without(ClassPath::isFfmpegNativeLibraries)),
        "org.bytedeco:ffmpeg");
  }

  @Test
  void firstUse_noJavacppNativeLibraries_stillEncodes() throws IOException {
    ChildJvm.Result result =
        withCache("bare", 1)
            .with("all")
            .classPath(ClassPath.without(ClassPath::isJavacppNativeLibraries))
            .run(LIMIT);

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Reliability.record(
        "no JavaCPP native libraries on the class path",
        "a child JVM with only FFmpeg's native libraries and an empty cache",
        1,
        "encoded: FFmpeg's libraries do not require them");
  }

  @Test
  void firstUse_noNativeLibraries_namesTheArtifact() {
    refused(
        "no native libraries on the class path",
        ChildJvm.of(EncodeMain.class)
            .classPath(
                ClassPath.without(
                    e ->
                        ClassPath.isFfmpegNativeLibraries(e)
                            || ClassPath.isJavacppNativeLibraries(e))),
        "org.bytedeco:ffmpeg");
  }

  /** It is loaded by a thread of its own, while the encoder is being opened. */
  @Test
  void firstUse_noLibavfilter_namesTheArtifact() throws IOException {
    Path folder = directory.resolve("libraries");

    refused(
        "libavfilter is missing among FFmpeg's native libraries",
        withCache("filters", 2).classPath(ClassPath.withoutLibrary("avfilter", folder)),
        "jniavfilter");
  }

  @Test
  void firstUse_nativeLibrariesOfAnotherPlatform_namesTheArtifact() {
    List<String> platforms = List.of("linux-arm64", "windows-x86_64", "macosx-arm64");
    for (String platform : platforms.subList(0, Reliability.times(1, platforms.size()))) {
      refused(
          "native libraries for a platform other than " + platform,
          ChildJvm.of(EncodeMain.class).jvm("-Dorg.bytedeco.javacpp.platform=" + platform),
          platform);
    }
  }

  @Test
  void firstUse_bothLicenses_loadsGplAndReportsIt() {
    for (String classPath : ClassPath.withBoth()) {
      ChildJvm.Result result = ChildJvm.of(EncodeMain.class).classPath(classPath).run(LIMIT);

      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out()).contains("(GPL version 3 or later)");
    }
    Reliability.record(
        "LGPL and GPL libraries together",
        "both jars on the class path, in both orders",
        2,
        "the GPL build is loaded, and EncodingResult.backend reports it");
  }

  private ChildJvm withCache(String name, int threads) throws IOException {
    Path cache = Files.createDirectories(directory.resolve(name));
    return ChildJvm.of(EncodeMain.class)
        .jvm("-Dorg.bytedeco.javacpp.cachedir=" + cache)
        .with(threads);
  }

  private static void refused(String fault, ChildJvm child, String artifact) {
    ChildJvm.Result result = child.with(2).run(LIMIT);

    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(2);
    // two threads: the second one receives the same explanation
    assertThat(result.out().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.startsWith("io.reelmux.EncoderException: could not load FFmpeg's native")
                    && line.contains("org.bytedeco:ffmpeg and org.bytedeco:javacpp")
                    && line.contains(artifact));
    assertThat(result.err()).isEmpty();
    Reliability.record(
        fault,
        "a child JVM with another class path or platform",
        1,
        "one exception, naming the artifact");
  }
}
