package io.reelmux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Background;
import io.reelmux.Encoder;
import io.reelmux.FakeBackend;
import io.reelmux.Fixtures;
import io.reelmux.Script;
import io.reelmux.VideoStream;
import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the encoder opens itself. */
class FileDestinationTest {

  @TempDir Path directory;
  private Script script = new Script();
  private final Encoder encoder = Encoder.create();
  private final VideoStream video = encoder.addVideo(Fixtures.VIDEO);

  @BeforeEach
  void installScript() {
    script = FakeBackend.install();
  }

  @AfterEach
  void close() throws IOException {
    encoder.close();
  }

  @Test
  void openFile_existing_replacesIt() throws IOException {
    Path file = Files.writeString(directory.resolve("a.fake"), "something longer");

    encoder.openFile(file).close();

    assertThat(file).hasContent("<>");
  }

  @Test
  void openFile_unusualName_isUsedUnchanged() throws IOException {
    Path file = directory.resolve("a:b %03d 'q'.mp4");

    encoder.openFile(file).close();

    assertThat(file).hasContent("<>");
    assertThat(directory.toFile().list()).containsExactly("a:b %03d 'q'.mp4");
  }

  @Test
  void openFile_missingDirectory_throws() {
    assertThatThrownBy(() -> encoder.openFile(directory.resolve("none/a.fake")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("the directory does not exist");
    assertThat(script.calls()).isEmpty();
  }

  @Test
  void openFile_directory_throws() {
    assertThatThrownBy(() -> encoder.openFile(directory))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("is a directory, not a file");
  }

  @Test
  void openFile_parentIsAFile_throws() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> encoder.openFile(file.resolve("a.fake")))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void openFile_readOnlyFile_leavesItUnchanged() throws IOException {
    assumePosix();
    Path file = Files.writeString(directory.resolve("a.fake"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertThatThrownBy(() -> encoder.openFile(file))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("the file is read-only");
    assertThat(file).hasContent("old");
    assertThat(script.calls()).isEmpty();
  }

  @Test
  void openFile_existingWithoutOverwrite_leavesItUnchanged() throws IOException {
    Path file = Files.writeString(directory.resolve("a.fake"), "old");
    try (Encoder careful = Encoder.builder().overwrite(false).build()) {
      careful.addVideo(Fixtures.VIDEO);

      assertThatThrownBy(() -> careful.openFile(file))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("a.fake");
      assertThat(file).hasContent("old");

      careful.openFile(directory.resolve("b.fake"));
    }
    assertThat(directory.resolve("b.fake")).hasContent("<>");
  }

  @Test
  void openFile_createdMeanwhileWithoutOverwrite_leavesItUnchanged() throws IOException {
    Path file = directory.resolve("a.fake");
    script.on("open", () -> Files.writeString(file, "other"));
    try (Encoder careful = Encoder.builder().overwrite(false).build()) {
      careful.addVideo(Fixtures.VIDEO);

      assertThatThrownBy(() -> careful.openFile(file))
          .isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(file).hasContent("other");
  }

  @Test
  void openFile_refusedByTheBackend_createsNothing() {
    script.fail("open", new IllegalArgumentException("no"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.openFile(directory.resolve("a.fake")));

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void openFile_failsAfterExistingFileWasEmptied_keepsIt() throws IOException {
    Path file = Files.writeString(directory.resolve("a.fake"), "old");
    script.fail("opened", new IOException("disk full"));

    assertThatThrownBy(() -> encoder.openFile(file)).hasMessage("disk full");

    assertThat(file).as("not ours to delete").exists();
  }

  @Test
  void openFile_otherFileSystem_throws() throws IOException {
    Path archive = directory.resolve("a.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.openFile(zip.getPath("a.fake")))
          .withMessageContaining("open it with Files.newByteChannel and openFileLike");
    }
  }

  @Test
  void write_interruptedThread_stillWrites() throws Exception {
    Path file = directory.resolve("a.fake");
    Background feeding =
        Background.start(
            () -> {
              Thread.currentThread().interrupt();
              encoder.openFile(file);
              video.addFrame(Fixtures.frame());
              encoder.close();
            });

    assertThat(feeding.thrown()).isNull();
    assertThat(feeding.interrupted()).as("the caller's own interrupt is kept").isTrue();
    assertThat(file).hasContent("<f>");
  }

  @Test
  void close_openFile_closesIt() throws IOException {
    FileDestination destination = started("abc");

    destination.complete();

    assertThatThrownBy(() -> destination.write(bytes("d"))).isInstanceOf(IOException.class);
    assertThat(directory.resolve("d")).hasContent("abc");
  }

  @Test
  void seek_thenWriteAndRead_useThePosition() throws IOException {
    FileDestination destination = started("abcdef");

    destination.seek(2);
    destination.write(bytes("XY"));
    ByteBuffer read = ByteBuffer.allocate(10);
    int rest = destination.read(read);
    int end = destination.read(read);
    destination.seek(0);
    read.clear();
    int all = destination.read(read);
    destination.complete();

    assertThat(rest).isEqualTo(2);
    assertThat(end).isEqualTo(-1);
    assertThat(all).isEqualTo(6);
    assertThat(new String(read.array(), 0, 6, StandardCharsets.US_ASCII)).isEqualTo("abXYef");
    assertThat(destination.seekable()).isTrue();
    assertThat(destination.readable()).isTrue();
  }

  @Test
  void write_largeDirectAndReadOnlyBuffers_writesThemWhole() throws IOException {
    FileDestination destination = started("");
    ByteBuffer direct = ByteBuffer.allocateDirect(100_000);

    destination.write(direct);
    destination.write(bytes("end").asReadOnlyBuffer());
    destination.complete();

    assertThat(direct.hasRemaining()).isFalse();
    assertThat(Files.size(directory.resolve("d"))).isEqualTo(100_003);
  }

  @Test
  void write_notStarted_throws() {
    Destination destination = new FileDestination(directory.resolve("d"), true);

    assertThatThrownBy(() -> destination.write(bytes("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not open");
  }

  @Test
  void write_afterCancel_writesNothing() throws IOException {
    FileDestination destination = started("abc");

    destination.call().giveUp();

    assertThatThrownBy(() -> destination.write(bytes("d"))).isInstanceOf(IOException.class);
    assertThatThrownBy(destination::complete).isInstanceOf(IOException.class);
    destination.discard();
    assertThat(directory).isEmptyDirectory();
  }

  private FileDestination started(String content) throws IOException {
    FileDestination destination = new FileDestination(directory.resolve("d"), true);
    destination.start();
    destination.write(bytes(content));
    return destination;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void assumePosix() {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }
}
