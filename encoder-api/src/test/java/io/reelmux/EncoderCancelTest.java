package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** cancel() returns at once, whatever is blocked; the last thread to leave releases and deletes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncoderCancelTest extends ScriptedEncoder {

  @TempDir Path directory;
  private final ScriptedOutput output = new ScriptedOutput();

  @Test
  void cancel_idle_releasesAndDeletesTheFile() throws IOException {
    Path file = openFile();
    video.addFrame(Fixtures.frame());

    encoder.cancel();

    assertThat(file).doesNotExist();
    encoder.close();
    assertThat(script.calls()).endsWith("cancel", "release");
    assertThat(encoder.result()).isEmpty();
  }

  @Test
  void cancel_twice_cancelsOnce() throws IOException {
    openFile();

    encoder.cancel();
    encoder.cancel();

    assertThat(script.count("cancel")).isEqualTo(1);
  }

  @Test
  void cancel_closed_doesNotFinish() throws IOException {
    openFile();
    encoder.cancel();

    encoder.close();

    assertThat(script.count("finish")).isZero();
    assertThat(script.count("salvage")).isZero();
  }

  @Test
  void cancel_afterFinish_keepsTheFile() throws IOException {
    Path file = openFile();
    encoder.finish();

    encoder.cancel();

    assertThat(file).hasContent("<>");
  }

  @Test
  void cancel_afterFailure_deletesTheFile() throws IOException {
    script.fail("addFrame", new IOException("disk full"));
    Path file = openFile();
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).hasMessage("disk full");

    encoder.cancel();

    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_neverOpened_keepsExistingFiles() throws IOException {
    Path file = Files.writeString(directory.resolve("file.fake"), "old");

    encoder.cancel();

    assertThatThrownBy(() -> encoder.openFile(file)).isInstanceOf(CancellationException.class);
    assertThat(file).hasContent("old");
  }

  @Test
  void cancel_callersStream_doesNotTouchIt() throws IOException {
    encoder.openFileLike(output, Fixtures.FORMAT);

    encoder.cancel();

    assertThat(output.script.calls()).containsExactly("write");
  }

  @Test
  void cancel_blockedInOpen_returnsAtOnce() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("opened", blocker);
    Path file = directory.resolve("file.fake");
    Background opening = Background.start(() -> encoder.openFile(file));
    blocker.awaitReached();

    encoder.cancel();

    assertThat(opening.isRunning()).isTrue();
    assertThat(script.count("release")).isZero();
    blocker.proceed();
    assertThat(opening.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(script.calls()).endsWith("opened", "cancel", "release");
    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_blockedInOpenThenClosed_staysClosed() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("opened", blocker);
    Path file = directory.resolve("file.fake");
    Background opening = Background.start(() -> encoder.openFile(file));
    blocker.awaitReached();

    encoder.cancel();
    encoder.close();
    blocker.proceed();

    assertThat(opening.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after close()");
    assertThat(script.count("release")).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_openBeforeTheFileIsStarted_keepsTheExistingFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file.fake"), "old");
    Blocker blocker = Blocker.stubborn();
    script.on("open", blocker);
    Background opening = Background.start(() -> encoder.openFile(file));
    blocker.awaitReached();

    encoder.cancel();
    blocker.proceed();

    assertThat(opening.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(file).hasContent("old");
  }

  @Test
  void cancel_openIsRefused_throwsCancellation() throws Exception {
    Blocker blocker = Blocker.stubborn();
    IOException refusal = new IOException("refused");
    script.on(
        "open",
        () -> {
          blocker.run();
          throw refusal;
        });
    Background opening = Background.start(this::openFile);
    blocker.awaitReached();

    encoder.cancel();
    blocker.proceed();

    assertThat(opening.thrown())
        .isExactlyInstanceOf(CancellationException.class)
        .hasMessage("open: the encoder has been canceled")
        .hasCause(refusal);
  }

  @Test
  void cancel_duringTheDestinationsCheck_doesNotCallTheBackend() throws IOException {
    Path file = directory.resolve("channel");
    try (ScriptedChannel channel = new ScriptedChannel(file)) {
      channel.script.on("isOpen", encoder::cancel);

      assertThatThrownBy(() -> encoder.openFileLike(channel, Fixtures.FORMAT))
          .isExactlyInstanceOf(CancellationException.class);
    }

    assertThat(script.calls()).isEmpty();
    assertThat(file).isEmptyFile();
  }

  @Test
  void cancel_blockedInTheSession_returnsAtOnce() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("addFrame", blocker);
    Path file = openFile();
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    encoder.cancel();

    assertThat(script.count("release")).isZero();
    assertThat(file).exists();
    blocker.proceed();
    assertThat(feeding.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(feeding.interrupted()).isFalse();
    assertThat(script.calls()).endsWith("addFrame", "cancel", "release");
    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_blockedInFinish_returnsAtOnceAndDeletes() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("finish", blocker);
    Path file = openFile();
    Background closing = Background.start(encoder::close);
    blocker.awaitReached();

    encoder.cancel();
    blocker.proceed();

    assertThat(closing.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(file).doesNotExist();
    assertThat(encoder.result()).isEmpty();
  }

  @Test
  void cancel_twoThreadsInside_lastToLeaveReleases() throws Exception {
    Blocker first = Blocker.stubborn();
    Blocker second = Blocker.stubborn();
    script.on("addFrame", first);
    script.on("addSamples", second);
    Path file = openFile();
    Background frames = Background.start(() -> video.addFrame(Fixtures.frame()));
    Background samples = Background.start(() -> audio.addSamples(Fixtures.samples()));
    first.awaitReached();
    second.awaitReached();

    encoder.cancel();
    first.proceed();

    assertThat(frames.thrown()).isInstanceOf(CancellationException.class);
    assertThat(script.count("release")).isZero();
    assertThat(file).exists();
    second.proceed();
    assertThat(samples.thrown()).isInstanceOf(CancellationException.class);
    assertThat(script.count("release")).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_whileCloseCompletesTheFile_closeIsCanceledOnceReleased() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("finish", blocker);
    Path file = openFile();
    Background closing = Background.start(encoder::close);
    blocker.awaitReached();

    encoder.cancel();
    blocker.proceed();

    assertThat(closing.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(script.count("release")).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_blockedInTheDestination_interruptsItAndClearsTheFlag() throws Exception {
    Blocker blocker = Blocker.interruptible();
    output.script.on("write", 2, blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    encoder.cancel();

    assertThat(feeding.thrown())
        .isExactlyInstanceOf(CancellationException.class)
        .hasMessage("addFrame(): the encoder has been canceled")
        .hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(feeding.interrupted()).isFalse();
    // the last to leave releases: the interrupted thread, or the one started by cancel()
    assertThat(script.awaitRelease(10_000)).isTrue();
    assertThat(script.calls()).endsWith("addFrame", "cancel", "release");
  }

  @Test
  void cancel_destinationIgnoresInterrupts_itsThreadReleasesLater() throws Exception {
    Blocker blocker = Blocker.stubborn();
    output.script.on("write", 2, blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    encoder.cancel();
    encoder.close();

    assertThat(script.count("release")).isZero();
    blocker.proceed();
    assertThat(feeding.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(feeding.interrupted()).isFalse();
    assertThat(script.count("release")).isEqualTo(1);
  }

  @Test
  void cancel_destinationBlockedInOpen_interruptsIt() throws Exception {
    Blocker blocker = Blocker.interruptible();
    output.script.on("write", blocker);
    Background opening = Background.start(() -> encoder.openFileLike(output, Fixtures.FORMAT));
    blocker.awaitReached();

    encoder.cancel();

    assertThat(opening.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(opening.interrupted()).isFalse();
  }

  @Test
  void cancel_threadNotInTheDestination_isNotInterrupted() throws Exception {
    Blocker blocker = Blocker.interruptible();
    script.on("addFrame", blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    encoder.cancel();

    feeding.awaitBlocked();
    assertThat(feeding.isRunning()).isTrue();
    blocker.proceed();
    assertThat(feeding.interrupted()).isFalse();
  }

  @Test
  void cancel_otherThreadWaitsForTheStream_cancelsItToo() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("addFrame", blocker);
    openFile();
    Background first = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();
    Background second = Background.start(() -> video.addFrame(Fixtures.frame()));
    second.awaitBlocked();
    Background closing = Background.start(encoder::close);
    closing.awaitBlocked();

    encoder.cancel();
    blocker.proceed();

    assertThat(first.thrown()).isInstanceOf(CancellationException.class);
    assertThat(second.thrown()).isInstanceOf(IllegalStateException.class);
    assertThat(closing.thrown()).isNull();
    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThat(script.count("finish")).isZero();
  }

  @Test
  void cancel_insideTheDestination_isAllowed() throws Exception {
    output.script.on("write", 2, encoder::cancel);
    encoder.openFileLike(output, Fixtures.FORMAT);

    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));

    assertThat(feeding.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(feeding.interrupted()).isFalse();
    assertThat(script.count("release")).isEqualTo(1);
  }

  @Test
  void cancel_insideThePacketListener_isAllowed() throws IOException {
    encoder.openPackets(packet -> encoder.cancel());

    assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
        .isExactlyInstanceOf(CancellationException.class);
    assertThat(script.calls()).endsWith("cancel", "release");
    assertThatCode(encoder::close).doesNotThrowAnyException();
  }

  @Test
  void cancel_blockedInThePacketListener_interruptsItAndClearsTheFlag() throws Exception {
    Blocker blocker = Blocker.interruptible();
    encoder.openPackets(packet -> blocker.run());
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    encoder.cancel();

    assertThat(feeding.thrown())
        .isExactlyInstanceOf(CancellationException.class)
        .hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(feeding.interrupted()).isFalse();
    // the last to leave releases: the interrupted thread, or the one started by cancel()
    assertThat(script.awaitRelease(10_000)).isTrue();
    assertThat(script.calls()).endsWith("addFrame", "cancel", "release");
  }

  @Test
  void cancel_packetListenerIgnoresInterrupts_itsThreadReleasesLater() throws Exception {
    Blocker blocker = Blocker.stubborn();
    encoder.openPackets(packet -> blocker.run());
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    encoder.cancel();
    encoder.close();

    assertThat(script.count("release")).isZero();
    blocker.proceed();
    assertThat(feeding.thrown()).isExactlyInstanceOf(CancellationException.class);
    assertThat(feeding.interrupted()).isFalse();
    assertThat(script.count("release")).isEqualTo(1);
  }

  @Test
  void cancel_blockedInTheListenerWhileWritingAFile_interruptsItAndDeletesTheFile()
      throws Exception {
    Blocker blocker = Blocker.interruptible();
    Path file = directory.resolve("file.fake");
    try (Encoder both = Encoder.builder().packetListener(packet -> blocker.run()).build()) {
      VideoStream frames = both.addVideo(Fixtures.VIDEO);
      both.openFile(file);
      Background feeding = Background.start(() -> frames.addFrame(Fixtures.frame()));
      blocker.awaitReached();

      both.cancel();

      assertThat(feeding.thrown()).isExactlyInstanceOf(CancellationException.class);
      assertThat(feeding.interrupted()).isFalse();
    }
    assertThat(file).doesNotExist();
  }

  private Path openFile() throws IOException {
    Path file = directory.resolve("file.fake");
    encoder.openFile(file);
    return file;
  }
}
