package io.reelmux.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Encoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/performance.md for a faster start. The benchmark's programs need Linux. */
@EnabledOnOs(OS.LINUX)
class ClassArchiveTest {
  private static final String FFMPEG_CLASS = "org.bytedeco.ffmpeg.avcodec.AVCodecContext";
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  @TempDir Path folder;

  /** Starts a program with the archive, and returns the JVM's log of where classes came from. */
  private List<String> sources(ClassArchive archive) throws Exception {
    String classPath = JarClassPath.of(System.getProperty("java.class.path"), folder);
    Path frames = Files.write(folder.resolve("frames.rgb"), new byte[2 * 3 * WIDTH * HEIGHT]);
    Path log = folder.resolve("classes.log");
    Path video = folder.resolve("out.mp4");
    List<String> arguments =
        List.of(frames.toString(), video.toString(), String.valueOf(WIDTH), String.valueOf(HEIGHT));
    ColdProcess program =
        new ColdProcess(Path.of(System.getProperty("java.home")), classPath, ColdReelmux.class);

    program.run(archive.create(), arguments);
    List<String> options = new ArrayList<>(archive.use());
    options.add("-Xlog:class+load:file=" + log + ":none");
    program.run(options, arguments);

    assertThat(FrameCount.of(video)).isEqualTo(2);
    return Files.readAllLines(log);
  }

  @Test
  void appCdsArchiveHoldsTheLibraryAndFfmpeg() throws Exception {
    assertThat(sources(ClassArchive.appCds(folder.resolve("app.jsa"))))
        .contains(
            Encoder.class.getName() + " source: shared objects file (top)",
            FFMPEG_CLASS + " source: shared objects file (top)");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_25)
  void aotCacheHoldsTheLibraryAndFfmpeg() throws Exception {
    assertThat(sources(ClassArchive.aotCache(folder.resolve("app.aot"))))
        .contains(
            Encoder.class.getName() + " source: shared objects file",
            FFMPEG_CLASS + " source: shared objects file");
  }

  @Test
  void framesOfAFileAreReadOneByOne() throws Exception {
    Path file = Files.write(folder.resolve("frames"), new byte[] {1, 2, 3, 4, 5, 6});
    ByteBuffer pixels = ByteBuffer.allocate(3);
    try (var channel = FileChannel.open(file)) {
      assertThat(ColdStep.read(channel, pixels)).isTrue();
      assertThat(ColdStep.read(channel, pixels)).isTrue();
      assertThat(pixels.get(0)).isEqualTo((byte) 4);
      assertThat(ColdStep.read(channel, pixels)).isFalse();
    }
  }
}
