package io.reelmux.site;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Runs compiled blocks of code in the working directory, one after another. Each finds the files of
 * {@link Inputs}, and what it writes must be readable by other programs.
 */
final class BlockRunner {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Set<String> MEDIA =
      Set.of("mp4", "mov", "mkv", "webm", "ts", "wav", "flac", "mp3", "ogg", "gif", "h264", "m3u8");

  private BlockRunner() {}

  /** Runs so many blocks, and prints a line for each. */
  public static void main(String[] args) throws Exception {
    Inputs.write(HERE);
    List<Path> inputs = files();
    for (int n = 0; n < Integer.parseInt(args[0]); n++) {
      String result = result(n, inputs);
      System.out.println("\nblock " + n + " " + result);
      for (Path file : files()) {
        if (!inputs.contains(file)) {
          Files.delete(file);
        }
      }
    }
    // blocks may leave threads of servers
    System.exit(0);
  }

  private static String result(int number, List<Path> inputs) {
    try {
      Object block =
          Class.forName(BlockCompiler.className(number)).getDeclaredConstructor().newInstance();
      ((Surroundings) block).run(new String[] {"out.mp4"});
      List<String> written = new ArrayList<>();
      for (Path file : files()) {
        if (!inputs.contains(file)) {
          check(file);
          written.add(HERE.relativize(file).toString());
        }
      }
      return "ok " + written;
    } catch (Throwable e) {
      StringBuilder trace = new StringBuilder("failed: " + e);
      for (StackTraceElement element : e.getStackTrace()) {
        if (element.getClassName().equals(BlockCompiler.className(number))) {
          trace.append(" at line ").append(element.getLineNumber() - 1).append(" of the block");
        }
      }
      return trace.toString().replace('\n', ' ');
    }
  }

  private static void check(Path file) throws Exception {
    String name = file.toString();
    String extension = name.substring(name.lastIndexOf('.') + 1);
    if (extension.equals("png") && ImageIO.read(file.toFile()) == null) {
      throw new AssertionError(name + " is no image");
    }
    if (MEDIA.contains(extension) && Programs.isInstalled("ffprobe")) {
      List<String> codecs = FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name");
      if (codecs.isEmpty()) {
        throw new AssertionError("ffprobe finds no stream in " + name);
      }
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(HERE)) {
      return files.filter(Files::isRegularFile).sorted(Comparator.reverseOrder()).toList();
    }
  }
}
