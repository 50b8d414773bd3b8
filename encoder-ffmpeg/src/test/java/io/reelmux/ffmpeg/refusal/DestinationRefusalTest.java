package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations that cannot be written or must not be. */
class DestinationRefusalTest {
  private static final Consumer<Encoder> AUDIO =
      encoder -> encoder.addAudio(AudioOptions.of(48_000, 2));

  @TempDir private Path directory;

  @Test
  void openFile_missingDirectory_refusedAndNotCreated() {
    Path missing = directory.resolve("missing");

    assertThat(refusal(missing.resolve("a.mp4")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("does not exist");
    assertThat(missing).doesNotExist();
  }

  @Test
  void openFile_fileInPlaceOfDirectory_refused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");

    assertThat(refusal(file.resolve("a.mp4"))).isInstanceOf(NotDirectoryException.class);
    assertThat(file).hasContent("x");
  }

  @Test
  void openFile_directoryInPlaceOfFile_refused() throws IOException {
    Path wrong = Files.createDirectory(directory.resolve("a.mp4"));

    assertThat(refusal(wrong))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("is a directory");
    assertThat(wrong).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--r--r--", "r-xr-xr-x", "---------"})
  void openFile_readOnlyFile_refusedAndLeftAsItWas(String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("a.mp4"), "precious");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    Throwable refusal = refusal(file);

    assertThat(refusal)
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("read-only");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(file).hasContent("precious");
  }

  @Test
  void openFile_existingFileWithoutOverwrite_refusedAndLeftAsItWas() throws IOException {
    Path file = Files.writeString(directory.resolve("a.mp4"), "precious");

    Throwable refusal =
        refused(Encoder.builder().overwrite(false), AUDIO, encoder -> encoder.openFile(file));

    assertThat(refusal)
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("precious");
  }

  @Test
  void openFile_newFileWithoutOverwrite_written() throws IOException {
    Path file = directory.resolve("a.wav");

    try (Encoder encoder = Encoder.builder().overwrite(false).build()) {
      AUDIO.accept(encoder);
      encoder.openFile(file);
    }

    assertThat(file).isNotEmptyFile();
  }

  @Test
  void openFile_longerExistingFile_replacedEntirely() throws IOException {
    Path file = Files.write(directory.resolve("a.wav"), new byte[1 << 20]);

    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(file);
      audio.addSamples(new float[2][48]);
    }

    assertThat(Files.size(file)).isBetween(48L * 2 * 2, 1_000L);
  }

  @Test
  void openFile_refusedOptionOnExistingFile_leftAsItWas() throws IOException {
    Path file = Files.writeString(directory.resolve("a.mp4"), "precious");

    Throwable refusal =
        refused(
            Encoder.builder().muxerOption("zzz", "1"), AUDIO, encoder -> encoder.openFile(file));

    assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void openFile_brokenDestinationThenGoodOne_opens() throws IOException {
    Path good = directory.resolve("good.mp4");
    try (Encoder encoder = Encoder.create()) {
      AUDIO.accept(encoder);
      assertThatThrownBy(() -> encoder.openFile(directory.resolve("missing/a.mp4")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> encoder.openFile(directory)).isInstanceOf(Exception.class);

      encoder.openFile(good);
    }

    assertThat(good).isNotEmptyFile();
  }

  @Test
  void openFile_fullDevice_failsAndDeviceRemains() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    long owners = NativeOwner.openCount();

    try (Encoder encoder = Encoder.create()) {
      AUDIO.accept(encoder);
      assertThatThrownBy(() -> encoder.openFile(full, "wav")).isInstanceOf(IOException.class);
    }

    assertThat(full).exists();
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  @Test
  void openFile_otherFileSystem_refusedWithAlternative() throws IOException {
    Path zip = directory.resolve("a.zip");
    try (FileSystem files =
        FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("create", "true"))) {
      assertThat(refusal(files.getPath("a.mp4")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("default file system")
          .hasMessageContaining("openFileLike");
    }
  }

  @Test
  void openFile_rootDirectory_refused() {
    assertThatThrownBy(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                AUDIO.accept(encoder);
                encoder.openFile(Path.of("/"), "mp4");
              }
            })
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void openFileLike_closedChannel_refused() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "precious");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.close();

    Throwable refusal =
        refused(Encoder.builder(), AUDIO, encoder -> encoder.openFileLike(channel, "mp4"));

    assertThat(refusal).isInstanceOf(ClosedChannelException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void open_withoutStreams_refusedNamingWhatToCall() throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    Path file = directory.resolve("a.mp4");
    try (Encoder encoder = Encoder.create()) {
      assertThatThrownBy(() -> encoder.openFileLike(out, "mp4"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("addVideo() or addAudio()");
      assertThatThrownBy(() -> encoder.openFile(file))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("addVideo() or addAudio()");

      AUDIO.accept(encoder);
      encoder.openFileLike(out, "mp4");
    }

    assertThat(file).doesNotExist();
    assertThat(out.size()).isPositive();
  }

  private static Throwable refusal(Path file) {
    return refused(Encoder.builder(), AUDIO, encoder -> encoder.openFile(file));
  }
}
