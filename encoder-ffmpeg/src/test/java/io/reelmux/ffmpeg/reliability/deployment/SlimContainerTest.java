package io.reelmux.ffmpeg.reliability.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A slim container image with the JDK and a few system libraries is sufficient. */
@EnabledOnOs(OS.LINUX)
class SlimContainerTest {
  private static final List<String> LIBRARIES =
      List.of(
          "libc.so.6",
          "libm.so.6",
          "libmvec.so.1",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "libstdc++.so.6",
          "libgcc_s.so.1",
          "libz.so.1",
          "libudev.so.1");

  private static final List<String> PLACES =
      List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64");

  @TempDir Path directory;

  @Test
  void encode_rootWithFewSystemLibraries_works() throws Exception {
    Output output = encodeInRoot(LIBRARIES);

    assertThat(output.exit()).as(output.text()).isZero();
    assertThat(output.text()).contains("encoded ");
    Reliability.record(
        "a slim container image",
        "chroot with the JDK, glibc, libstdc++, libgcc, zlib and libudev, nothing else",
        1,
        "all layouts encoded into mp4, mkv, mov, ts and flv");
  }

  @Test
  void encode_rootWithoutLibudev_namesThePackage() throws Exception {
    List<String> libraries = new ArrayList<>(LIBRARIES);
    libraries.remove("libudev.so.1");

    Output output = encodeInRoot(libraries);

    assertThat(output.exit()).as(output.text()).isEqualTo(2);
    assertThat(output.text())
        .contains("io.reelmux.EncoderException: could not load FFmpeg's native libraries")
        .contains(
            "install the system library libudev.so.1 (package libudev1 on Debian and Ubuntu,"
                + " systemd-libs on Fedora)")
        .doesNotContain("class path");
    Reliability.record(
        "a system library is missing",
        "chroot without libudev.so.1, which FFmpeg requires",
        1,
        "one exception, naming the library and its package");
  }

  /** Encodes in a root directory with the JDK, the class path and these libraries only. */
  private Output encodeInRoot(List<String> libraries) throws Exception {
    assumeThat(System.getProperty("user.name")).as("chroot and mount need root").isEqualTo("root");
    assumeThat(run(List.of("unshare", "--mount", "true")).exit())
        .as("permission to mount")
        .isZero();
    Path root = Files.createDirectory(directory.resolve("root"));
    StringBuilder script = new StringBuilder("set -e\n");
    for (Map.Entry<Path, Path> library : libraries(root, libraries).entrySet()) {
      Files.createDirectories(library.getValue().getParent());
      Files.copy(library.getKey(), library.getValue());
    }
    for (String place : places()) {
      bind(script, root, Path.of(place));
    }
    Files.createDirectories(root.resolve("tmp"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    script.append("exec chroot ").append(quoted(root.toString())).append(' ').append(quoted(java));
    script.append(" -Xmx256m -Djava.io.tmpdir=/tmp -Duser.home=/tmp -cp ");
    script.append(quoted(System.getProperty("java.class.path")));
    script.append(' ').append(EncodeMain.class.getName()).append(" 1 all\n");

    return run(List.of("unshare", "--mount", "sh", "-c", script.toString()));
  }

  /** Returns the paths to bind: the JDK, what it links to, the class path, and three devices. */
  private static List<String> places() throws IOException {
    List<String> places = new ArrayList<>();
    Path home = Path.of(System.getProperty("java.home"));
    places.add(home.toRealPath().toString());
    places.add("/dev/null");
    places.add("/dev/urandom");
    places.add("/dev/random");
    places.add("/proc");
    Path settings = Path.of("/etc").resolve(home.toRealPath().getFileName().toString());
    for (Path linked : List.of(settings, Path.of("/etc/java-17-openjdk"))) {
      if (Files.exists(linked) && !places.contains(linked.toString())) {
        places.add(linked.toString());
      }
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Path.of(entry).isAbsolute() && Files.exists(Path.of(entry))) {
        places.add(entry);
      }
    }
    return places;
  }

  private static void bind(StringBuilder script, Path root, Path place) throws IOException {
    Path target = root.resolve(Path.of("/").relativize(place));
    if (Files.isDirectory(place)) {
      Files.createDirectories(target);
    } else if (Files.notExists(target)) {
      Files.createDirectories(target.getParent());
      Files.createFile(target);
    }
    script.append("mount --bind ").append(quoted(place.toString())).append(' ');
    script.append(quoted(target.toString())).append('\n');
  }

  /** Maps the location of each library on this machine to its location in the image. */
  private static Map<Path, Path> libraries(Path root, List<String> names) {
    Map<Path, Path> found = new LinkedHashMap<>();
    for (String name : names) {
      for (String place : PLACES) {
        Path library = Path.of(place, name);
        boolean first = found.keySet().stream().noneMatch(path -> path.endsWith(name));
        if (first && Files.exists(library)) {
          found.put(library, root.resolve(Path.of("/").relativize(library)));
        }
      }
    }
    Path loader = Path.of("/lib64/ld-linux-x86-64.so.2");
    assumeThat(loader).as("the loader of x86-64").exists();
    found.put(loader, root.resolve("lib64/ld-linux-x86-64.so.2"));
    assumeThat(found).as("the usual x86-64 libraries").hasSizeGreaterThan(5);
    return found;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private record Output(int exit, String text) {}

  private Output run(List<String> command) throws IOException, InterruptedException {
    Path text = Files.createTempFile(directory, "run", ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(text.toFile())
              .start();
    } catch (IOException e) {
      return new Output(-1, String.valueOf(e));
    }
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    return new Output(ended ? process.exitValue() : -1, Files.readString(text));
  }
}
