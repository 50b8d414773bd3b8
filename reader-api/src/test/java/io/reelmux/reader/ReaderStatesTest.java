package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.PixelLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures, {@code close}, {@code cancel} and deadlines, from one thread and from several. */
@Timeout(60)
class ReaderStatesTest {
  private final FakeMedia media = new FakeMedia().install();
  private final ScriptedSource source = new ScriptedSource();

  @AfterEach
  void everythingIsReleased() {
    assertThat(media.breaches()).isEmpty();
    assertThat(media.open()).isZero();
  }

  private static VideoReader gray(MediaReader file) throws IOException {
    return file.video(VideoOutput.of(PixelLayout.GRAY8));
  }

  @Test
  void failure_ofOneStream_isNamedByItsLaterCallsAndLeavesTheOthers() throws Exception {
    IOException failure = new IOException("disk");
    media.on(
        "frame 3",
        () -> {
          throw failure;
        });
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader broken = gray(file);
      VideoReader other = gray(file);

      assertThatThrownBy(() -> broken.frame(3)).isSameAs(failure);
      assertThatThrownBy(() -> broken.frame(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "frame() was called on video 0 after a failure; open the stream again:"
                  + " java.io.IOException: disk")
          .hasCause(failure);
      assertThatThrownBy(() -> broken.cursor().next()).hasCause(failure);
      assertThat(broken.report().decoded()).isZero();
      assertThat(other.frame(1).index()).isEqualTo(1);
      assertThat(gray(file).frame(2).index()).isEqualTo(2);
    }
  }

  @Test
  void failure_error_endsTheStreamToo() throws Exception {
    media.on(
        "frame 3",
        () -> {
          throw new InternalError("a fault");
        });
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);

      assertThatThrownBy(() -> reader.frame(3)).isInstanceOf(InternalError.class);
      assertThatThrownBy(() -> reader.frame(1)).hasMessageContaining("a fault");
    }
  }

  @Test
  void source_throws_comesOutAsTheSameObjectAndEndsTheStream() throws Exception {
    IOException failure = new IOException("network");
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      source.then(
          (position, target) -> {
            throw failure;
          });

      assertThatThrownBy(() -> reader.frame(1)).isSameAs(failure);
      assertThatThrownBy(() -> reader.frame(1)).hasCause(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, IndexOutOfBoundsException.class})
  void source_throwsWhatAMistakeWould_endsTheStream(Class<? extends RuntimeException> type)
      throws Exception {
    RuntimeException failure = type.getConstructor(String.class).newInstance("of the source");
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      source.then(
          (position, target) -> {
            throw failure;
          });

      assertThatThrownBy(() -> reader.frame(1)).isSameAs(failure);
      assertThatThrownBy(() -> reader.frame(1))
          .isInstanceOf(IllegalStateException.class)
          .hasCause(failure);
    }
  }

  @Test
  void source_throwsUndeclaredException_isWrapped() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      Exception failure = new Exception("of Kotlin");
      source.then((position, target) -> sneak(failure));

      assertThatThrownBy(() -> reader.frame(1))
          .isInstanceOf(IOException.class)
          .hasMessage("the source failed")
          .hasCause(failure);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> int sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void source_throwsAndTheBackendSwallowsIt_comesOutNevertheless() throws Exception {
    IOException failure = new IOException("network");
    ScriptedSource asked = new ScriptedSource();
    try (MediaReader file = MediaReader.open(asked)) {
      VideoReader reader = gray(file);
      asked.then(
          (position, target) -> {
            throw failure;
          });
      // what a backend does that takes every error for the end of the file
      media.on("index", () -> {});
      media.swallow = true;

      assertThatThrownBy(() -> reader.frame(2)).isSameAs(failure);
    }
  }

  @Test
  void open_sourceThrows_comesOutAndNothingIsLeft() {
    IOException failure = new IOException("network");
    source.then(
        (position, target) -> {
          throw failure;
        });

    assertThatThrownBy(() -> MediaReader.open(source)).isSameAs(failure);
  }

  @Test
  void source_callsItsOwnReader_isRefusedExceptCancel() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      VideoReader other = gray(file);
      List<Throwable> refused = new ArrayList<>();
      source.then(
          (position, target) -> {
            refused.add(thrown(() -> other.frame(1)));
            refused.add(thrown(reader::report));
            refused.add(thrown(reader::close));
            refused.add(thrown(file::close));
            refused.add(thrown(file::audio));
            target.put((byte) 1);
            return 1;
          });

      assertThat(reader.frame(1).index()).isEqualTo(1);
      assertThat(refused).hasSize(10).allMatch(IllegalStateException.class::isInstance);
      assertThat(refused.get(0))
          .hasMessage(
              "frame() was called from inside another call of the same reader, by its source; only"
                  + " cancel() may be");
      source.then(
          (position, target) -> {
            file.cancel();
            target.put((byte) 1);
            return 1;
          });
      assertThatThrownBy(() -> other.frame(1)).isInstanceOf(CancellationException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private static Throwable thrown(Background.Body body) {
    try {
      body.run();
      return new AssertionError("nothing was thrown");
    } catch (Throwable e) {
      return e;
    }
  }

  @Test
  void cancel_sourceBlocked_endsRunningAndLaterCalls() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      source.block();
      Background call = Background.start(() -> reader.frame(1));
      source.awaitReached();
      Background waiting = Background.start(() -> reader.frame(2));

      file.cancel();

      assertThat(call.thrown())
          .isInstanceOf(CancellationException.class)
          .hasMessage("frame(): the reader has been canceled")
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(call.interrupted()).isFalse();
      assertThat(waiting.thrown()).isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> reader.frame(1)).isInstanceOf(CancellationException.class);
      assertThatThrownBy(file::video).isInstanceOf(CancellationException.class);
      assertThat(reader.report().decoded()).isZero();
      assertThat(file).asString().contains("CANCELLED");
      assertThat(Background.start(file::close).thrown()).isNull();
      assertThatThrownBy(() -> reader.frame(1))
          .as("the reason, even after close()")
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void cancel_sourceIgnoresInterrupts_returnsAtOnceAndTheCallEndsLater() throws Exception {
    MediaReader file = MediaReader.open(source);
    VideoReader reader = gray(file);
    source.blockStubbornly();
    Background call = Background.start(() -> reader.frame(1));
    source.awaitReached();

    file.cancel();
    file.close();

    assertThat(call.isRunning()).isTrue();
    assertThat(media.open()).as("nothing is released under a running call").isEqualTo(2);
    source.proceed();
    assertThat(call.thrown()).isInstanceOf(CancellationException.class);
    assertThat(call.interrupted()).as("our interrupt does not remain").isFalse();
    assertThat(media.awaitReleased(10_000)).isTrue();
  }

  @Test
  void cancel_nothingRuns_laterCallsThrow() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      PacketCursor packets = file.packets();

      file.cancel();
      file.cancel();

      assertThatThrownBy(() -> reader.frames().iterator().hasNext())
          .isInstanceOf(CancellationException.class);
      assertThatThrownBy(packets::next).isInstanceOf(CancellationException.class);
      packets.close();
      reader.close();
    }
  }

  @Test
  void close_duringACall_endsItAndTheLastToLeaveReleases() throws Exception {
    MediaReader file = MediaReader.open(source);
    VideoReader reader = gray(file);
    AudioReader audio = file.audio();
    source.blockStubbornly();
    Background video = Background.start(() -> reader.frame(1));
    Background sound = Background.start(() -> audio.samples(0, 10));
    source.awaitReached();
    awaitCall("read 0 10");

    file.close();

    assertThat(media.open()).isEqualTo(3);
    assertThatThrownBy(() -> file.packets()).isInstanceOf(IllegalStateException.class);
    source.proceed();
    video.thrown();
    assertThat(sound.thrown())
        .isInstanceOf(CancellationException.class)
        .hasMessage("samples(): it was closed by another thread");
    assertThat(media.awaitReleased(10_000)).isTrue();
  }

  private void awaitCall(String call) {
    while (!media.calls().contains(call)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void close_ofOneReaderDuringItsCall_endsOnlyThat() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      VideoReader other = gray(file);
      source.block();
      Background call = Background.start(() -> reader.frame(1));
      source.awaitReached();

      reader.close();

      assertThat(call.thrown()).isInstanceOf(CancellationException.class);
      assertThat(media.open()).isEqualTo(2);
      source.proceed();
      assertThat(other.frame(1).index()).isEqualTo(1);
    }
  }

  @Test
  void calls_ofOneReader_runOneAtATime() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      List<Background> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int n = i;
        calls.add(
            Background.start(
                () -> {
                  for (int k = 0; k < 200; k++) {
                    assertThat(reader.frame(n).pixels().get(0)).isEqualTo((byte) n);
                  }
                }));
      }
      for (Background call : calls) {
        assertThat(call.thrown()).isNull();
      }
    }
  }

  @Test
  void calls_ofDifferentReaders_runAtOnce() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      AudioReader audio = file.audio();
      CountDownLatch both = new CountDownLatch(2);
      FakeMedia.Step meet =
          () -> {
            both.countDown();
            try {
              Background.await(both);
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
          };
      media.on("frame 1", meet).on("read 0 10", meet);

      Background video = Background.start(() -> reader.frame(1));
      assertThat(audio.samples(0, 10).count()).isEqualTo(10);
      assertThat(video.thrown()).isNull();
    }
  }

  @Test
  void deadline_sourceBlocked_namesTheLimitAndEndsTheStream() throws Exception {
    Limits limits = Limits.DEFAULT.deadline(Duration.ofMillis(500));
    try (MediaReader file = MediaReader.builder().limits(limits).open(source)) {
      VideoReader reader = gray(file);
      VideoReader other = gray(file);
      source.block();

      assertThatThrownBy(() -> reader.frame(1))
          .isInstanceOfSatisfying(
              LimitException.class, e -> assertThat(e.limit()).isEqualTo("deadline"))
          .hasMessage(
              "could not complete frame() (video 0): it took longer than PT0.5S; Limits.deadline"
                  + " allows more")
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThatThrownBy(() -> reader.frame(1))
          .isInstanceOf(IllegalStateException.class)
          .hasCauseInstanceOf(LimitException.class);
      source.proceed();
      assertThat(other.frame(1).index()).isEqualTo(1);
    }
  }

  @Test
  void deadline_longWorkWithoutTheSource_isFoundByAsking() throws Exception {
    Limits limits = Limits.DEFAULT.deadline(Duration.ofMillis(500));
    try (MediaReader file = MediaReader.builder().limits(limits).open(source)) {
      VideoReader reader = gray(file);
      media.on("frame 1", () -> sleep(700));

      assertThatThrownBy(() -> reader.frame(1)).isInstanceOf(LimitException.class);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void deadline_open_isWatchedToo() {
    source.block();

    assertThatThrownBy(
            () ->
                MediaReader.builder()
                    .limits(Limits.DEFAULT.deadline(Duration.ofMillis(500)))
                    .open(source))
        .isInstanceOf(LimitException.class)
        .hasMessageStartingWith("could not complete open (the file): it took longer than PT0.5S");
  }

  @Test
  void interrupt_ofTheCaller_staysAndTheSourcesExceptionComesOut() throws Exception {
    try (MediaReader file = MediaReader.open(source)) {
      VideoReader reader = gray(file);
      source.then(
          (position, target) -> {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            throw new InterruptedIOException("interrupted by the caller");
          });
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> reader.frame(1)).hasMessage("interrupted by the caller");
      assertThat(Thread.interrupted()).as("only ours is cleared").isTrue();
    }
  }

  @Test
  void reader_neverClosed_isReleasedOnceItIsCollected() throws Exception {
    forget(new Circle());

    boolean released = false;
    for (int i = 0; i < 100 && !released; i++) {
      System.gc();
      released = media.awaitReleased(50);
    }

    assertThat(released).isTrue();
  }

  /** A source that refers to its reader, as one that displays progress might. */
  private static final class Circle implements ByteSource {
    private @Nullable MediaReader reader;

    @Override
    public long size() {
      return reader == null ? -1 : 0;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      target.put((byte) 1);
      return 1;
    }
  }

  private static void forget(Circle source) throws IOException {
    MediaReader reader = MediaReader.open(source);
    source.reader = reader;
    VideoReader video = gray(reader);
    video.frame(1);
    video.cursor().next();
  }

  @Test
  void reader_onlyAStreamReaderIsHeld_remainsUsable() throws Exception {
    readWithAStreamReaderOnly();
    release();
  }

  private static void readWithAStreamReaderOnly() throws IOException {
    VideoReader reader = gray(MediaReader.open(new Circle()));
    for (int i = 0; i < 5; i++) {
      System.gc();
      assertThat(reader.frame(i).index()).isEqualTo(i);
    }
    reader.close();
    System.gc();
    assertThat(reader.report().decoded()).isEqualTo(5);
  }

  private void release() throws InterruptedException {
    boolean released = false;
    for (int i = 0; i < 100 && !released; i++) {
      System.gc();
      released = media.awaitReleased(50);
    }
  }

  /** Whatever happens when, nothing is released under a call, twice, or not at all. */
  @Test
  void races_ofCallsCloseAndCancel_releaseEverythingOnce() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      ScriptedSource racing = new ScriptedSource();
      MediaReader file = MediaReader.open(racing);
      VideoReader video = gray(file);
      AudioReader audio = file.audio();
      boolean cancels = random.nextBoolean();
      boolean closesOne = random.nextBoolean();
      long spin = random.nextInt(20_000);
      CountDownLatch go = new CountDownLatch(1);
      List<Background> threads = new ArrayList<>();
      threads.add(racer(go, () -> video.frames().forEach(frame -> {})));
      threads.add(racer(go, () -> video.framesAt(1, 5, 9)));
      threads.add(racer(go, () -> audio.chunks(100).forEach(samples -> {})));
      threads.add(racer(go, () -> file.packets().next()));
      threads.add(racer(go, () -> gray(file).frame(1)));
      threads.add(
          racer(
              go,
              () -> {
                for (long i = 0; i < spin; i++) {
                  Thread.onSpinWait();
                }
                if (closesOne) {
                  video.close();
                }
                if (cancels) {
                  file.cancel();
                }
                file.close();
              }));
      go.countDown();
      for (Background thread : threads) {
        Throwable thrown = thread.thrown();
        assertThat(thrown == null || thrown instanceof IllegalStateException)
            .as("%s", thrown)
            .isTrue();
      }
      assertThat(media.breaches()).isEmpty();
      assertThat(media.awaitReleased(10_000)).as("round %d", round).isTrue();
      media.forgetCalls();
    }
  }

  private static Background racer(CountDownLatch go, Background.Body body) {
    return Background.start(
        () -> {
          Background.await(go);
          body.run();
        });
  }
}
