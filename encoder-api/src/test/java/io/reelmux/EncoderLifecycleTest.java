package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file, the session and failures, from open to close. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncoderLifecycleTest extends ScriptedEncoder {

  @TempDir Path directory;

  @Test
  void close_openEncoder_finishesAndReleases() throws IOException {
    Path file = openFile();
    video.addFrame(Fixtures.frame());
    audio.addSamples(Fixtures.samples());

    encoder.close();

    assertThat(file).hasContent("<fs>");
    assertThat(script.calls())
        .containsExactly(
            "open",
            "opened",
            "checkFrame",
            "addFrame",
            "checkSamples",
            "addSamples",
            "finish",
            "release");
  }

  @Test
  void finish_openEncoder_releasesAtOnceAndReturnsTheResult() throws IOException {
    Path file = openFile();
    video.addFrames(Fixtures.frames(3));
    audio.addSamples(Fixtures.samples());

    EncodingResult result = encoder.finish();

    assertThat(file).hasContent("<fffs>");
    assertThat(script.count("release")).isEqualTo(1);
    assertThat(encoder.result()).containsSame(result);
    assertThat(result.streams()).extracting(StreamResult::framesIn).containsExactly(3L, 0L);
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void close_afterFinish_doesNotFinishAgain() throws IOException {
    openFile();
    encoder.finish();

    encoder.close();

    assertThat(script.count("finish")).isEqualTo(1);
    assertThat(script.count("release")).isEqualTo(1);
  }

  @Test
  void close_twice_hasNoFurtherEffect() throws IOException {
    openFile();
    encoder.close();
    List<String> calls = script.calls();

    encoder.close();

    assertThat(script.calls()).isEqualTo(calls);
  }

  @Test
  void close_neverOpened_doesNotCallTheBackend() throws IOException {
    encoder.close();

    assertThat(script.calls()).isEmpty();
    assertThat(encoder.result()).isEmpty();
  }

  @Test
  void tryWithResources_userException_finishesTheFile() {
    Path file = directory.resolve("a.fake");
    IllegalArgumentException mine = new IllegalArgumentException("mine");

    Throwable thrown =
        catchThrowable(
            () -> {
              try (Encoder mineToClose = Encoder.create()) {
                VideoStream stream = mineToClose.addVideo(Fixtures.VIDEO);
                mineToClose.openFile(file);
                stream.addFrame(Fixtures.frame());
                throw mine;
              }
            });

    assertThat(thrown).isSameAs(mine).hasNoSuppressedExceptions();
    assertThat(file).hasContent("<f>");
  }

  @Test
  void tryWithResources_userExceptionAndFailingClose_suppressesTheFailureOfClose() {
    IOException full = new IOException("disk full");
    script.fail("finish", full);
    IllegalArgumentException mine = new IllegalArgumentException("mine");

    Throwable thrown =
        catchThrowable(
            () -> {
              try (encoder) {
                openFile();
                throw mine;
              }
            });

    assertThat(thrown).isSameAs(mine).hasSuppressedException(full);
  }

  @Test
  void streams_addedInAnyOrder_areNumberedVideoFirst() throws IOException {
    List<Integer> indexes = new ArrayList<>();
    try (Encoder mixed = Encoder.create()) {
      AudioStream audio0 = mixed.addAudio(Fixtures.AUDIO);
      VideoStream video0 = mixed.addVideo(Fixtures.VIDEO);
      AudioStream audio1 = mixed.addAudio(Fixtures.AUDIO);
      VideoStream video1 = mixed.addVideo(Fixtures.VIDEO);
      mixed.openPackets(packet -> indexes.add(packet.stream().index()));

      video0.addFrame(Fixtures.frame());
      video1.addFrame(Fixtures.frame());
      audio0.addSamples(Fixtures.samples());
      audio1.addSamples(Fixtures.samples());
    }

    assertThat(indexes).containsExactly(0, 1, 2, 3);
  }

  @Test
  void addFrames_onDevice_addsThemInOneCall() throws IOException {
    Device gpu = Device.cuda(1);
    try (Encoder onGpu = Encoder.create()) {
      VideoStream stream = onGpu.addVideo(VideoOptions.builder(2, 2, 30).device(gpu).build());
      onGpu.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);

      stream.addFrames(DeviceFrames.of(gpu, PixelLayout.GRAY8, 2, 2, 64, 3));

      assertThat(script.calls()).endsWith("checkDeviceFrames", "addDeviceFrames");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  stream.addFrames(DeviceFrames.of(Device.cuda(0), PixelLayout.GRAY8, 2, 2, 64, 3)))
          .withMessage("frames are on cuda:0, the stream is on cuda:1");
    }
  }

  @Test
  void open_refused_staysConfiguringAndCanBeRetried() throws IOException {
    Path file = Files.writeString(directory.resolve("a.fake"), "old");
    IllegalArgumentException refusal = new IllegalArgumentException("no such codec");
    script.fail("open", refusal);

    assertThatThrownBy(() -> encoder.openFile(file)).isSameAs(refusal);

    assertThat(file).hasContent("old");
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).hasMessageContaining("before open");
    encoder.addVideo(Fixtures.VIDEO);
    encoder.openFile(file);
    encoder.close();
    assertThat(file).hasContent("<>");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void open_failsAfterTheFileWasCreated_canBeRetried(boolean overwrite) throws IOException {
    Path file = directory.resolve("a.fake");
    IOException full = new IOException("disk full");
    script.fail("opened", full);
    try (Encoder retried = Encoder.builder().overwrite(overwrite).build()) {
      retried.addVideo(Fixtures.VIDEO);

      assertThatThrownBy(() -> retried.openFile(file)).isSameAs(full);

      assertThat(file).as("nothing is left behind").doesNotExist();
      retried.openFile(file);
    }
    assertThat(file).hasContent("<>");
    // the failed open counts as an open, but there was nothing to release
    assertThat(script.count("release")).isEqualTo(1);
    script = new Script();
  }

  @Test
  void open_error_staysConfiguring() throws IOException {
    OutOfMemoryError error = new OutOfMemoryError("thrown by a test");
    script.fail("open", error);

    assertThatThrownBy(this::openFile).isSameAs(error);

    openFile();
  }

  @Test
  void open_rootDirectory_throws() {
    assertThatThrownBy(() -> encoder.openFile(directory.getRoot()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void open_emptyFormat_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), " "))
        .withMessage("format is empty");
  }

  @Test
  void addFrame_fails_throwsTheSameException() throws IOException {
    IOException full = new IOException("disk full");
    script.fail("addFrame", 2, full);
    openFile();
    video.addFrame(Fixtures.frame());

    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(full);
  }

  @Test
  void addFrames_fails_keepsThePrecedingFrames() throws IOException {
    script.fail("addFrame", 3, new IOException("disk full"));
    Path file = openFile();

    assertThatThrownBy(() -> video.addFrames(Fixtures.frames(5))).hasMessage("disk full");

    assertThat(file).hasContent("<ff");
  }

  @Test
  void call_afterFailure_namesTheFirstFailure() throws IOException {
    IOException full = new IOException("disk full");
    script.fail("addFrame", full);
    openFile();
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(full);

    assertThatThrownBy(() -> audio.addSamples(Fixtures.samples()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("disk full")
        .hasCause(full);
  }

  @Test
  void failure_inTwoThreads_keepsTheFirst() throws Exception {
    IOException first = new IOException("first");
    Blocker blocker = Blocker.stubborn();
    script.fail("addFrame", first);
    script.on(
        "addSamples",
        () -> {
          blocker.run();
          throw new IOException("second");
        });
    openFile();
    Background feeding = Background.start(() -> audio.addSamples(Fixtures.samples()));
    blocker.awaitReached();

    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(first);
    blocker.proceed();

    assertThat(feeding.thrown()).hasMessage("second");
    assertThatThrownBy(() -> encoder.finish()).hasCause(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"addFrame", "addSamples", "end", "finish"})
  void close_afterFailure_salvagesReleasesAndThrowsNothing(String call) throws IOException {
    script.fail(call, new IOException("disk full"));
    Path file = openFile();
    assertThatThrownBy(
            () -> {
              video.addFrame(Fixtures.frame());
              audio.addSamples(Fixtures.samples());
              video.end();
              encoder.finish();
            })
        .hasMessage("disk full");

    assertThatCode(encoder::close).doesNotThrowAnyException();

    assertThat(script.calls()).endsWith(call, "salvage", "release");
    assertThat(Fixtures.text(file)).startsWith("<").endsWith("!");
    assertThat(encoder.result()).isEmpty();
  }

  @Test
  void close_failsToFinish_throwsSalvagesAndReleases() throws IOException {
    IOException failure = new IOException("encoder failed");
    script.fail("finish", failure);
    Path file = openFile();
    video.addFrame(Fixtures.frame());

    assertThatThrownBy(encoder::close).isSameAs(failure);

    assertThat(script.calls()).endsWith("finish", "salvage", "release");
    assertThat(file).hasContent("<f!");
    assertThatCode(encoder::close).doesNotThrowAnyException();
  }

  static Stream<Throwable> laterFailures() {
    return Stream.of(
        new IOException("again"),
        new IllegalStateException("again"),
        new AssertionError("again"),
        new StackOverflowError("again"));
  }

  @ParameterizedTest
  @MethodSource("laterFailures")
  void close_salvageFailsToo_releasesAndSuppressesThatFailure(Throwable later) throws IOException {
    IOException first = new IOException("first");
    script.fail("addFrame", first).fail("salvage", later);
    openFile();
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(first);

    assertThatCode(encoder::close).doesNotThrowAnyException();

    assertThat(script.calls()).endsWith("addFrame", "salvage", "release");
    assertThat(first).hasSuppressedException(later);
  }

  @ParameterizedTest
  @MethodSource("laterFailures")
  void close_finishAndSalvageFail_throwsTheFirstAndReleases(Throwable later) throws IOException {
    IOException first = new IOException("first");
    script.fail("finish", first).fail("salvage", later);
    openFile();

    assertThatThrownBy(encoder::close).isSameAs(first).hasSuppressedException(later);

    assertThat(script.calls()).endsWith("finish", "salvage", "release");
    assertThatCode(encoder::close).doesNotThrowAnyException();
  }

  @Test
  void close_salvageThrowsTheSameFailure_throwsItOnce() throws IOException {
    IOException first = new IOException("first");
    script.fail("finish", first).fail("salvage", first);
    openFile();

    assertThatThrownBy(encoder::close).isSameAs(first).hasNoSuppressedExceptions();
  }

  @Test
  void addFrame_error_failsTheEncoder() throws IOException {
    script.fail("addFrame", new OutOfMemoryError("thrown by a test"));
    openFile();

    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isInstanceOf(OutOfMemoryError.class);

    assertThatThrownBy(() -> encoder.finish()).hasMessageContaining("after a failure");
  }

  @Test
  void addFrame_refusedByCheck_doesNotFailTheEncoder() throws IOException {
    IllegalArgumentException refusal = new IllegalArgumentException("pts must rise");
    script.fail("checkFrame", 2, refusal);
    Path file = openFile();
    video.addFrame(Fixtures.frame());

    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(refusal);

    video.addFrame(Fixtures.frame());
    encoder.close();
    assertThat(file).hasContent("<ff>");
  }

  @Test
  void addSamples_refusedByCheck_doesNotFailTheEncoder() throws IOException {
    script.fail("checkSamples", new IllegalArgumentException("no"));
    Path file = openFile();

    assertThatIllegalArgumentException().isThrownBy(() -> audio.addSamples(Fixtures.samples()));

    audio.addSamples(Fixtures.samples());
    encoder.close();
    assertThat(file).hasContent("<s>");
  }

  @Test
  void addFrame_wrongSize_throwsBeforeCallingTheBackend() throws IOException {
    openFile();
    VideoFrame large = VideoFrame.of(PixelLayout.GRAY8, 3, 2, new byte[6]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> video.addFrame(large))
        .withMessageContaining("frame of 3x2: the stream accepts 2x2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> video.addFrames(VideoFrames.planarRgb(2, 1, new byte[6])))
        .withMessageContaining("frame of 2x1: the stream accepts 2x2");

    assertThat(script.count("checkFrame")).isZero();
    video.addFrame(Fixtures.frame());
  }

  @Test
  void addSamples_wrongChannelsOrNotFinite_throwsBeforeCallingTheBackend() throws IOException {
    openFile();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> audio.addSamples(new float[3][1]))
        .withMessageContaining("samples of 3 channels: the stream requires 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> audio.addSamples(new float[][] {{0, 0}, {0, Float.NaN}}))
        .withMessage("sample 1 of channel 1 is NaN: samples must be finite");

    assertThat(script.count("checkSamples")).isZero();
    audio.addSamples(Fixtures.samples());
  }

  @Test
  void nullArgument_throwsAndNamesIt() {
    assertThatThrownBy(() -> encoder.addVideo(Nulls.of())).hasMessage("options");
    assertThatThrownBy(() -> encoder.addAudio(Nulls.of())).hasMessage("options");
    assertThatThrownBy(() -> encoder.openFile(Nulls.of())).hasMessage("path");
    assertThatThrownBy(() -> encoder.openPackets(Nulls.of())).hasMessage("listener");
    assertThatThrownBy(() -> video.addFrame(Nulls.of())).hasMessage("frame");
    assertThatThrownBy(() -> video.addFrames((VideoFrames) Nulls.of())).hasMessage("frames");
    assertThatThrownBy(() -> video.addFrames((DeviceFrames) Nulls.of())).hasMessage("frames");
    assertThatThrownBy(() -> audio.addSamples((float[][]) Nulls.of())).hasMessage("samples");
    assertThatThrownBy(() -> audio.addSamples(new float[][] {{0}, Nulls.of()}))
        .hasMessage("channel 1");
  }

  @Test
  void progressListener_finish_isCalledAfterEachCallAndOnceAfterTheEnd() throws IOException {
    List<Progress> reported = new ArrayList<>();
    try (Encoder observed = Encoder.builder().progressListener(reported::add).build()) {
      VideoStream stream = observed.addVideo(Fixtures.VIDEO);
      observed.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);

      stream.addFrames(Fixtures.frames(2));
      observed.finish();
    }

    assertThat(reported).containsExactly(progress(1, 2), progress(2, 3), progress(2, 4));
  }

  @Test
  void progressListener_close_isCalledOnceAfterTheEnd() throws IOException {
    List<Progress> reported = new ArrayList<>();
    try (Encoder observed = Encoder.builder().progressListener(reported::add).build()) {
      VideoStream stream = observed.addVideo(Fixtures.VIDEO);
      observed.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);
      stream.addFrame(Fixtures.frame());
    }

    assertThat(reported).containsExactly(progress(1, 2), progress(1, 3));
  }

  private static Progress progress(long frames, long bytes) {
    return new Progress(
        List.of(new StreamProgress(StreamKind.VIDEO, 0, frames, 0, Duration.ZERO)), bytes);
  }

  @Test
  void progressListener_throws_hasNoOtherEffect() throws IOException {
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    ByteArrayOutput out = new ByteArrayOutput();
    List<Progress> reported = new ArrayList<>();
    ProgressListener throwingOnce =
        progress -> {
          reported.add(progress);
          if (reported.size() == 1) {
            throw mine;
          }
        };
    try (Encoder observed = Encoder.builder().progressListener(throwingOnce).build()) {
      VideoStream stream = observed.addVideo(Fixtures.VIDEO);
      observed.openFileLike(out, Fixtures.FORMAT);

      assertThatThrownBy(() -> stream.addFrame(Fixtures.frame())).isSameAs(mine);

      stream.addFrame(Fixtures.frame());
    }
    assertThat(Fixtures.text(out)).isEqualTo("<ff>");
  }

  @Test
  void close_fromTheProgressListener_finishes() throws IOException {
    Encoder[] holder = new Encoder[1];
    ByteArrayOutput out = new ByteArrayOutput();
    ProgressListener closing =
        progress -> {
          try {
            holder[0].close();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    try (Encoder closedEarly = Encoder.builder().progressListener(closing).build()) {
      holder[0] = closedEarly;
      VideoStream stream = closedEarly.addVideo(Fixtures.VIDEO);
      closedEarly.openFileLike(out, Fixtures.FORMAT);

      stream.addFrame(Fixtures.frame());
    }

    assertThat(Fixtures.text(out)).isEqualTo("<f>");
  }

  @Test
  void packetListener_throws_failsTheEncoderWithItsException() throws IOException {
    IOException mine = new IOException("mine");
    try (Encoder packets = Encoder.create()) {
      VideoStream stream = packets.addVideo(Fixtures.VIDEO);
      packets.openPackets(
          packet -> {
            throw mine;
          });

      assertThatThrownBy(() -> stream.addFrame(Fixtures.frame())).isSameAs(mine);
      assertThatThrownBy(packets::finish).hasCause(mine);
    }
  }

  @Test
  void builder_reusedAfterBuild_doesNotAffectTheEncoder() throws IOException {
    Path file = Files.writeString(directory.resolve("a.fake"), "old");
    Encoder.Builder builder = Encoder.builder();
    try (Encoder first = builder.build()) {
      builder.overwrite(false);
      first.addVideo(Fixtures.VIDEO);
      first.openFile(file);
    }

    assertThat(file).hasContent("<>");
  }

  @Test
  void builder_wrongValue_namesIt() {
    Encoder.Builder builder = Encoder.builder().metadata("title", "a").muxerOption("b", "c");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.metadata("title", "b"))
        .withMessage("metadata title is set twice, to 'a' and to 'b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.muxerOption("x", "y\0z"))
        .withMessage("value of muxer option x has a NUL character at index 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.muxerOption("", "y"))
        .withMessage("muxer option name is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.interleaveBudget((1 << 20) - 1))
        .withMessage("interleaveBudget 1048575: must be from 1048576 to 68719476736");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.interleaveBudget((64L << 30) + 1));
  }

  private Path openFile() throws IOException {
    Path file = directory.resolve("file.fake");
    encoder.openFile(file);
    return file;
  }
}
