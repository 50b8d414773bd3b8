package io.reelmux.ffmpeg.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file name is always a file name, never a URL, a pattern or an option. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FileNameTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b %03d 'q'.mp4",
        "-y.mp4",
        "--.mkv",
        "-.wav",
        "http:x.mp4",
        "concat:a|b.mp4",
        "pipe:1.mp4",
        "file:x.mp4",
        "tcp:127.0.0.1.mkv",
        "crypto:key.mp4",
        "%d.mkv",
        "%%.mp4",
        "frame%04d.wav",
        "?#&=.mp4",
        "*.mp4",
        "[0].mp4",
        "a,b;c.mp4",
        "back\\slash.mp4",
        "\"quoted\".mkv",
        " leading.mp4",
        "new\nline.mp4",
        "\u00fcml\u00e4ut \u6f22\u5b57 \ud83c\udfac.mp4",
        ".mp4",
        "two.dots.mkv",
        "UPPER.MP4",
        "a.b/../c.mp4"
      })
  void openFile_oddName_writtenUnderThatName(String name) throws IOException {
    assumeTrue(canName(name), "the JVM's charset cannot encode it");
    Files.createDirectory(directory.resolve("a.b"));
    Path file = directory.resolve(name);

    encode(file, null);

    assertThat(MediaReader.demux(file).audio(0).packets()).isNotEmpty();
    assertThat(files()).containsExactly(file.normalize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe:1", "-", "--", "http:", "concat:", "file:", "a:b", "%03d", "."})
  void openFile_nameWithoutExtensionAndFormat_writtenUnderThatName(String name) throws IOException {
    Path file = name.equals(".") ? directory.resolve("..x") : directory.resolve(name);

    encode(file, "mkv");

    assertThat(MediaReader.demux(file).audio(0).packets()).isNotEmpty();
    assertThat(files()).containsExactly(file);
  }

  @Test
  void openFile_longestName_written() throws IOException {
    Path file = directory.resolve("x".repeat(251) + ".mp4");

    encode(file, null);

    assertThat(MediaReader.demux(file).audio(0).packets()).isNotEmpty();
  }

  @Test
  void openFile_relativeName_writtenInTheWorkingDirectory() throws IOException {
    Path file = Path.of("relative-" + ProcessHandle.current().pid() + ".mp4");
    try {
      encode(file, null);

      assertThat(file).isNotEmptyFile();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void openFile_symbolicLink_targetWrittenAndLinkKept() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link.mp4"), target);

    encode(link, null);

    assertThat(link).isSymbolicLink();
    assertThat(MediaReader.demux(target).audio(0).packets()).isNotEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean canName(String name) {
    try {
      Path unused = Path.of(name);
      return unused != null;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void encode(Path file, String format) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 1));
      if (format == null) {
        encoder.openFile(file);
      } else {
        encoder.openFile(file, format);
      }
      stream.addSamples(new float[1][4_800]);
    }
  }
}
