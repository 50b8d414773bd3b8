package io.reelmux.ffmpeg.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.TestFrames;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.testing.ForwardingChannel;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeding from several threads, cancellation, and interrupts. */
@Timeout(60)
class ConcurrencyTest {
  private static final float[][] AUDIO = new float[2][4_800];

  @TempDir private Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void nothingLeft() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void add_twoThreadsIntoOneMp4_bothStreamsComplete() throws Exception {
    ByteArrayOutput out = new ByteArrayOutput();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.builder(64, 48, 25).codec("h264").build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(out, "mp4");
      Future<?> videoFeed =
          threads.submit(
              () -> {
                for (int i = 0; i < 250; i++) {
                  video.addFrame(TestFrames.gradient(64, 48, i));
                }
                return null;
              });
      Future<?> audioFeed =
          threads.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  audio.addSamples(AUDIO);
                }
                return null;
              });
      videoFeed.get(50, TimeUnit.SECONDS);
      audioFeed.get(50, TimeUnit.SECONDS);
      result = encoder.finish();
    }

    Media file = MediaReader.demux(out.toByteArray());
    assertThat(file.video(0).packets()).hasSize(250);
    assertThat(file.audio(0).packets()).hasSizeBetween(468, 471);
    assertThat(result.streams().get(1).samplesIn()).isEqualTo(480_000);
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts"})
  void cancel_whileAnotherThreadEncodes_endsItAndDeletesTheFile(String format) throws Exception {
    Path file = directory.resolve("a." + format);
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(VideoOptions.builder(320, 240, 25).codec("h264").build());
    encoder.openFile(file);
    CountDownLatch started = new CountDownLatch(10);
    Future<?> feeding =
        threads.submit(
            () -> {
              for (int i = 0; true; i++) {
                video.addFrame(TestFrames.gradient(320, 240, i));
                started.countDown();
              }
            });
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(file).exists();

    assertQuick(encoder::cancel);

    assertCanceled(feeding);
    encoder.close();
    assertThat(file).doesNotExist();
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void cancel_ofTwoFeedingThreads_endsBoth() throws Exception {
    Path file = directory.resolve("a.mp4");
    Encoder encoder = Encoder.create();
    AudioStream first = encoder.addAudio(AudioOptions.of(48_000, 2));
    AudioStream second = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFile(file);
    CountDownLatch started = new CountDownLatch(20);
    Future<?> one = threads.submit(() -> feed(first, started));
    Future<?> two = threads.submit(() -> feed(second, started));
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

    assertQuick(encoder::cancel);

    assertCanceled(one);
    assertCanceled(two);
    assertThat(file).doesNotExist();
    encoder.close(); // waits for a release in the background
    assertThat(NativeOwner.openCount()).isZero();
  }

  private static Void feed(AudioStream stream, CountDownLatch started) throws IOException {
    while (true) {
      stream.addSamples(AUDIO);
      started.countDown();
    }
  }

  /** Blocks in the n-th write until it is interrupted or released. */
  private static final class Blocking extends OutputStream {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final boolean deaf;
    private final int blocking;
    private int writes;

    Blocking(int blocking, boolean deaf) {
      this.blocking = blocking;
      this.deaf = deaf;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[1], 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (writes++ != blocking) {
        return;
      }
      inside.countDown();
      while (true) {
        try {
          goOn.await();
          return;
        } catch (InterruptedException e) {
          if (!deaf) {
            throw (InterruptedIOException) new InterruptedIOException("woken").initCause(e);
          }
        }
      }
    }
  }

  @Test
  void cancel_whileWriteBlocks_interruptsIt() throws Exception {
    Blocking out = new Blocking(5, false);
    Encoder encoder = Encoder.create();
    AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFileLike(out, "ts");
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Future<?> feeding =
        threads.submit(
            () -> {
              try {
                return feed(stream, new CountDownLatch(1));
              } finally {
                interrupted.set(Thread.interrupted());
              }
            });
    assertThat(out.inside.await(30, TimeUnit.SECONDS)).isTrue();

    assertQuick(encoder::cancel);

    assertCanceled(feeding);
    assertThat(interrupted.get()).as("the encoder's interrupt is still set").isFalse();
    encoder.close(); // waits for a release in the background
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void cancel_whileUninterruptibleWriteBlocks_returnsAtOnceAndBlockedThreadFreesTheRest()
      throws Exception {
    Blocking out = new Blocking(5, true);
    Encoder encoder = Encoder.create();
    AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFileLike(out, "ts");
    Future<?> feeding = threads.submit(() -> feed(stream, new CountDownLatch(1)));
    assertThat(out.inside.await(30, TimeUnit.SECONDS)).isTrue();

    assertQuick(encoder::cancel);
    assertQuick(encoder::close);

    assertThat(feeding.isDone()).isFalse();
    assertThat(NativeOwner.openCount()).as("still in use").isPositive();
    int writes = out.writes;
    out.goOn.countDown();
    assertCanceled(feeding);
    assertThat(out.writes).as("writes after cancel()").isEqualTo(writes);
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void cancel_whileChannelBlocks_interruptsIt() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    Path file = directory.resolve("a.mp4");
    try (FileChannel target =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      SeekableByteChannel channel = new BlockingChannel(target, inside);
      Encoder encoder = Encoder.create();
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(channel, "mp4");
      Future<?> feeding = threads.submit(() -> feed(stream, new CountDownLatch(1)));
      assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

      assertQuick(encoder::cancel);

      assertCanceled(feeding);
      encoder.close(); // waits for a release in the background
      assertThat(NativeOwner.openCount()).isZero();
      assertThat(target.isOpen()).as("the caller's channel is open").isTrue();
    }
    assertThat(file).as("the caller's file").exists();
  }

  /** Blocks in the third write until it is interrupted. */
  private static final class BlockingChannel extends ForwardingChannel {
    private final CountDownLatch inside;
    private int writes;

    BlockingChannel(FileChannel target, CountDownLatch inside) {
      super(target);
      this.inside = inside;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (writes++ == 2) {
        inside.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw (InterruptedIOException) new InterruptedIOException("woken").initCause(e);
        }
      }
      return super.write(source);
    }
  }

  @Test
  void cancel_whileOpenBlocks_openIsCanceled() throws Exception {
    Blocking out = new Blocking(0, false);
    Encoder encoder = Encoder.create();
    encoder.addAudio(AudioOptions.of(48_000, 2));
    Future<?> opening = threads.submit(() -> encoder.openFileLike(out, "mkv"));
    assertThat(out.inside.await(30, TimeUnit.SECONDS)).isTrue();

    assertQuick(encoder::cancel);

    assertCanceled(opening);
    encoder.close(); // waits for a release in the background
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void cancel_whileFinishBlocks_finishIsCanceled() throws Exception {
    Blocking out = new Blocking(1, false);
    Encoder encoder = Encoder.create();
    AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFileLike(out, "mkv");
    stream.addSamples(AUDIO);
    Future<?> finishing = threads.submit(encoder::finish);
    assertThat(out.inside.await(30, TimeUnit.SECONDS)).isTrue();

    assertQuick(encoder::cancel);

    assertCanceled(finishing);
    assertThat(encoder.result()).isEmpty();
    encoder.close(); // waits for a release in the background
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void cancel_whileOneStreamWaitsForTheOther_endsBoth() throws Exception {
    Blocking out = new Blocking(5, false);
    Encoder encoder = Encoder.create();
    AudioStream first = encoder.addAudio(AudioOptions.of(48_000, 2));
    AudioStream second = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFileLike(out, "ts");
    Future<?> one = threads.submit(() -> feed(first, new CountDownLatch(1)));
    Future<?> two = threads.submit(() -> feed(second, new CountDownLatch(1)));
    assertThat(out.inside.await(30, TimeUnit.SECONDS)).isTrue();

    assertQuick(encoder::cancel);

    assertCanceled(one);
    assertCanceled(two);
    encoder.close(); // waits for a release in the background
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void cancel_fromInsideTheDestination_endsTheCall() throws IOException {
    AtomicReference<Encoder> encoder = new AtomicReference<>(Encoder.create());
    AudioStream stream = encoder.get().addAudio(AudioOptions.of(48_000, 2));
    ByteArrayOutput seen = new ByteArrayOutput();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("one by one");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            seen.write(bytes, offset, length);
            if (seen.size() > 5_000) {
              encoder.get().cancel();
            }
          }
        };
    encoder.get().openFileLike(out, "ts");

    assertThatThrownBy(() -> feed(stream, new CountDownLatch(1)))
        .isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(NativeOwner.openCount()).isZero();
    encoder.get().close();
  }

  @Test
  void cancel_beforeOpen_openIsRefusedAndNothingCreated() throws IOException {
    Path file = directory.resolve("a.mp4");
    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.cancel();

      assertThatThrownBy(() -> encoder.openFile(file)).isInstanceOf(CancellationException.class);
    }

    assertThat(file).doesNotExist();
  }

  @Test
  void cancel_afterFinish_fileStays() throws IOException {
    Path file = directory.resolve("a.mp4");
    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(file);
      encoder.finish();
      encoder.cancel();
      assertThat(encoder.result()).isPresent();
    }

    assertThat(file).isNotEmptyFile();
  }

  @Test
  void cancel_manyTimesFromManyThreads_endsOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path file = directory.resolve(round + ".mkv");
      Encoder encoder = Encoder.create();
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(file);
      CountDownLatch started = new CountDownLatch(1 + round % 5);
      Future<?> feeding = threads.submit(() -> feed(stream, started));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      Future<?> first = threads.submit(encoder::cancel);
      Future<?> second = threads.submit(encoder::cancel);
      Future<?> closing =
          threads.submit(
              () -> {
                encoder.close();
                return null;
              });

      first.get(20, TimeUnit.SECONDS);
      second.get(20, TimeUnit.SECONDS);
      assertSucceedsOrIsCanceled(closing);

      // close() may have come first; the stream is then simply closed
      assertThatThrownBy(() -> feeding.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(NativeOwner.openCount()).isZero();
    }
  }

  @Test
  void cancel_whileOpening_leavesNothing() throws Exception {
    for (int round = 0; round < 60; round++) {
      Path file = directory.resolve(round + ".mp4");
      Encoder encoder = Encoder.create();
      encoder.addAudio(AudioOptions.of(48_000, 2));
      CountDownLatch together = new CountDownLatch(1);
      Future<?> opening =
          threads.submit(
              () -> {
                together.await();
                return encoder.openFile(file);
              });
      together.countDown();
      if (round % 3 > 0) {
        TimeUnit.MICROSECONDS.sleep(150L * (round % 3) * (round % 7));
      }

      encoder.cancel();

      try {
        opening.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(CancellationException.class);
      }
      encoder.close();
      assertThat(NativeOwner.openCount()).as("round %d", round).isZero();
      assertThat(file).as("round %d", round).doesNotExist();
    }
  }

  @Test
  void close_fromAnotherThreadWhileFeeding_finishesTheFile() throws Exception {
    Path file = directory.resolve("a.mp4");
    Encoder encoder = Encoder.create();
    AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFile(file);
    CountDownLatch started = new CountDownLatch(10);
    Future<?> feeding = threads.submit(() -> feed(stream, started));
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

    encoder.close();

    assertThatThrownBy(() -> feeding.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(MediaReader.demux(file).streams().get(0).packets()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "avi"})
  void add_interruptedThread_fileIsFinishedAndFlagStays(String format) throws IOException {
    Path file = directory.resolve("a." + format);
    boolean flag;
    Thread.currentThread().interrupt();
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(file);
      for (int i = 0; i < 30; i++) {
        stream.addSamples(AUDIO);
        Thread.currentThread().interrupt();
      }
    } finally {
      flag = Thread.interrupted();
    }

    assertThat(flag).isTrue();
    assertThat(MediaReader.demux(file).streams().get(0).packets()).hasSizeGreaterThan(100);
  }

  @Test
  void add_interruptedThreadIntoOwnChannel_throwsTheChannelsException() throws IOException {
    Path file = directory.resolve("a.mkv");
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(channel, "mkv");
      Thread.currentThread().interrupt();

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 200; i++) {
                  stream.addSamples(AUDIO);
                }
              })
          .isInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  private static void assertQuick(ThrowingRunnable<IOException> call) throws IOException {
    long start = System.nanoTime();
    call.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  /** A close() that cancel() finds completing the file is canceled as any other call. */
  private static void assertSucceedsOrIsCanceled(Future<?> closing) throws Exception {
    try {
      closing.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(CancellationException.class);
    }
  }

  private static void assertCanceled(Future<?> call) {
    assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
  }
}
