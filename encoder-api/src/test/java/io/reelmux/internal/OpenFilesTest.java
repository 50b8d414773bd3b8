package io.reelmux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.FakeBackend;
import io.reelmux.Fixtures;
import io.reelmux.Output;
import io.reelmux.Script;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that two of this process would use at once, and files that others replace. */
class OpenFilesTest {
  private static final String WRITTEN = "is still written by another encoder of this process";
  private static final String READ = "is open in a MediaReader or ByteSource of this process";

  @TempDir Path directory;
  private Path file;
  private Script script;
  private Encoder first;
  private Encoder second;

  @BeforeEach
  void create() {
    script = FakeBackend.install();
    file = directory.resolve("a.fake");
    first = encoder();
    second = encoder();
  }

  private static Encoder encoder() {
    Encoder encoder = Encoder.create();
    encoder.addVideo(Fixtures.VIDEO);
    return encoder;
  }

  @AfterEach
  void close() throws IOException {
    first.cancel();
    second.cancel();
  }

  @Test
  void openFile_writtenByAnother_refusedAndUntouched() throws IOException {
    first.openFile(file);

    assertRefused(file);

    assertThat(file).hasContent("<");
    first.finish();
    assertThat(file).hasContent("<>");
  }

  @Test
  void openFile_linkToAFileThatIsWritten_refused() throws IOException {
    assumePosix();
    first.openFile(file);
    Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic.fake"), file);
    Path hard = Files.createLink(directory.resolve("hard.fake"), file);

    assertRefused(symbolic);
    assertRefused(hard);
    assertThat(file).hasContent("<");
  }

  @Test
  void check_writtenByAnother_refused() throws IOException {
    first.openFile(file);

    assertThatThrownBy(() -> second.check(Output.file(file))).hasMessageContaining(WRITTEN);
  }

  @Test
  void check_done_leavesTheFileToOthers() throws IOException {
    first.check(Output.file(file));

    assertThatCode(() -> second.openFile(file)).doesNotThrowAnyException();
  }

  @Test
  void openFile_otherIsOpening_refusedBeforeItIsCreated() throws IOException {
    script.on(
        "open",
        () -> {
          assertThat(file).doesNotExist();
          assertRefused(directory.resolve("x").resolve("..").resolve("a.fake"));
        });
    Files.createDirectory(directory.resolve("x"));

    first.openFile(file);

    assertThat(script.calls()).contains("opened");
  }

  @Test
  void openFile_otherHasFinishedClosedOrWasCanceled_writes() throws IOException {
    first.openFile(file).finish();
    Encoder canceled = encoder();
    canceled.openFile(file);
    canceled.cancel();
    encoder().openFile(file).close();

    second.openFile(file).close();

    assertThat(file).hasContent("<>");
  }

  @Test
  void openFile_otherHasFailed_writesOnceItIsClosed() throws IOException {
    script.fail("finish", new IOException("disk full"));
    script.fail("salvage", new IOException("disk full"));
    first.openFile(file);
    assertThatThrownBy(first::finish).hasMessage("disk full");
    first.close();

    assertThatCode(() -> second.openFile(file)).doesNotThrowAnyException();
  }

  @Test
  void openFile_otherWasRefused_writes() throws IOException {
    script.fail("open", new IllegalArgumentException("no"));
    assertThatThrownBy(() -> first.openFile(file)).hasMessage("no");
    FakeBackend.install();

    assertThatCode(() -> second.openFile(file)).doesNotThrowAnyException();
  }

  @Test
  void open_secondOutputIsRefused_leavesTheFirstToOthers() {
    assertThatThrownBy(
            () -> first.open(Output.file(file), Output.file(directory.resolve("none/b.fake"))))
        .isInstanceOf(NoSuchFileException.class);

    assertThatCode(() -> second.openFile(file)).doesNotThrowAnyException();
  }

  @Test
  void attach_writtenByAnother_refusedAndLeftToOthers() throws IOException {
    first.openFile(file);
    second.openFile(directory.resolve("b.fake"));

    assertThatThrownBy(() -> second.attach(Output.file(file))).hasMessageContaining(WRITTEN);
    first.close();

    assertThatCode(() -> second.attach(Output.file(file))).doesNotThrowAnyException();
  }

  @Test
  void openFile_read_refusedUntilClosed() throws IOException {
    Files.writeString(file, "input");
    OpenFiles.Claim reading = OpenFiles.reading(file, this);

    assertThatThrownBy(() -> second.openFile(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(READ);
    assertThat(file).hasContent("input");
    reading.close();
    second.openFile(file).close();

    assertThat(file).hasContent("<>");
  }

  @Test
  void openFile_newFileWhereOneWasThatIsRead_writes() throws IOException {
    assumePosix();
    Files.writeString(file, "input");
    // what is open keeps its key
    try (var open = Files.newInputStream(file)) {
      OpenFiles.Claim reading = OpenFiles.reading(file, this);
      Files.delete(file);

      assertThatCode(() -> second.openFile(file)).doesNotThrowAnyException();
      assertThat(open.read()).isEqualTo('i');
      reading.close();
    }
  }

  @Test
  void reading_fileThatIsWritten_isAllowed() throws IOException {
    first.openFile(file);

    assertThatCode(() -> OpenFiles.reading(file, this).close()).doesNotThrowAnyException();
  }

  @Test
  void reading_readerIsForgotten_endsTheClaim() throws IOException {
    Files.writeString(file, "input");
    readAndForget();

    System.gc();

    assertThatCode(() -> second.openFile(file)).doesNotThrowAnyException();
  }

  private void readAndForget() {
    byte[] reader = new byte[1];
    OpenFiles.reading(file, reader);
    assertThatThrownBy(() -> second.openFile(file)).hasMessageContaining(READ);
    Reference.reachabilityFence(reader);
  }

  @Test
  void open_directoryThatAnotherWrites_refusedUntilItIsDone() throws IOException {
    first.open(segments());

    assertThatThrownBy(() -> second.open(segments()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(WRITTEN);
    first.finish();

    assertThatCode(() -> second.open(segments())).doesNotThrowAnyException();
  }

  private Output segments() {
    return Output.segments(
        SegmentStore.directory(directory), SegmentOptions.hls(Duration.ofSeconds(2)));
  }

  @Test
  void complete_fileWasDeleted_isNoted() throws IOException {
    assumePosix();
    FileDestination destination = started();
    Files.delete(file);

    destination.complete();

    assertThat(destination.notes())
        .containsExactly(file + " no longer exists: it was deleted or moved while it was encoded");
  }

  @Test
  void complete_fileWasReplaced_isNoted() throws IOException {
    assumePosix();
    FileDestination destination = started();
    Files.delete(file);
    Files.writeString(file, "other");

    destination.complete();

    assertThat(destination.notes()).hasSize(1).first().asString().contains("is another file now");
    assertThat(file).hasContent("other");
  }

  @Test
  void complete_linkLeadsElsewhere_isNoted() throws IOException {
    assumePosix();
    Path other = Files.writeString(directory.resolve("other"), "other");
    Path link = Files.createSymbolicLink(directory.resolve("link.fake"), file);
    FileDestination destination = new FileDestination(link, true);
    destination.start();
    Files.delete(link);
    Files.createSymbolicLink(link, other);

    destination.complete();

    assertThat(destination.notes()).hasSize(1).first().asString().contains("is another file now");
  }

  @Test
  void complete_fileIsThere_notesNothing() throws IOException {
    FileDestination destination = started();

    destination.complete();

    assertThat(destination.notes()).isEqualTo(List.of());
  }

  @Test
  void cancel_fileWasReplaced_keepsTheOther() throws IOException {
    assumePosix();
    first.openFile(file);
    Files.delete(file);
    Files.writeString(file, "other");

    first.cancel();

    assertThat(file).hasContent("other");
  }

  private FileDestination started() throws IOException {
    FileDestination destination = new FileDestination(file, true);
    destination.start();
    destination.write(ByteBuffer.wrap(new byte[] {1}));
    return destination;
  }

  private void assertRefused(Path path) {
    assertThatThrownBy(() -> second.openFile(path))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(WRITTEN);
  }

  /** Elsewhere a file that is open can be neither deleted nor moved. */
  private void assumePosix() {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }
}
