package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SeekableOutputStream;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.WriteOnlyChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations that block, that respond late, and that someone else closes. */
@Timeout(120)
class BlockedDestinationTest {

  @TempDir Path directory;

  /** How a blocked call reacts to an interrupt. */
  enum Interrupt {
    THROWS_IO,
    THROWS_UNCHECKED,
    /** Returns as if nothing had happened. */
    IS_SWALLOWED,
    /** Keeps blocking until the test releases it. */
    IS_IGNORED
  }

  /** Blocks in the k-th call of the given method. */
  private static final class Blocking extends SeekableOutputStream {
    final CountDownLatch blocked = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    private final String name;
    private final Interrupt interrupt;
    private int calls;
    private long position;

    Blocking(String name, int call, Interrupt interrupt) {
      this.name = name;
      this.calls = call;
      this.interrupt = interrupt;
    }

    private void call(String called) throws IOException {
      if (called.equals(name) && calls-- == 0) {
        blocked.countDown();
        block();
      }
    }

    private void block() throws IOException {
      while (true) {
        try {
          release.await();
          return;
        } catch (InterruptedException e) {
          switch (interrupt) {
            case THROWS_IO -> throw new IOException("interrupted", e);
            case THROWS_UNCHECKED -> throw new IllegalStateException("interrupted", e);
            case IS_SWALLOWED -> {
              return;
            }
            case IS_IGNORED -> {}
          }
        }
      }
    }

    @Override
    public void write(int value) {
      throw new AssertionError("bytes must come in arrays");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      call("write");
      position += length;
    }

    @Override
    public void seek(long newPosition) throws IOException {
      call("seek");
      position = newPosition;
    }

    @Override
    public long position() throws IOException {
      call("position");
      return position;
    }

    @Override
    public void flush() throws IOException {
      call("flush");
    }
  }

  /** The outcome of an encoding on its own thread. */
  private static final class Run {
    final CompletableFuture<@Nullable Throwable> thrown = new CompletableFuture<>();
    volatile boolean interruptedAfter;

    Run(Encoder encoder, OutputStream target) {
      this(() -> encode(encoder, target));
    }

    Run(ThrowingCallable encoding) {
      Thread thread =
          new Thread(
              () -> {
                Throwable failure = catchThrowable(encoding);
                interruptedAfter = Thread.currentThread().isInterrupted();
                thrown.complete(failure);
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Nullable Throwable await() throws Exception {
      return thrown.get(30, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"position 0", "write 0", "write 1", "write 30", "seek 0", "flush 0"})
  void cancel_whileACallBlocks_returnsAtOnceAndEndsIt(String where) throws Exception {
    String name = where.split(" ", -1)[0];
    int call = Integer.parseInt(where.split(" ", -1)[1]);
    long owners = NativeOwner.openCount();
    int tried = 0;
    long slowest = 0;

    for (Interrupt interrupt : Interrupt.values()) {
      for (int i = 0; i < Reliability.times(1, 20); i++) {
        Blocking target = new Blocking(name, call, interrupt);
        Encoder encoder = Encoder.create();
        Run run = new Run(encoder, target);
        assertThat(target.blocked.await(30, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        encoder.cancel();
        slowest = Math.max(slowest, System.nanoTime() - start);
        if (interrupt == Interrupt.IS_IGNORED) {
          assertThatCode(encoder::close).doesNotThrowAnyException();
          target.release.countDown();
        }

        assertThat(run.await()).isInstanceOf(CancellationException.class);
        assertThat(run.interruptedAfter).isFalse();
        assertThatCode(encoder::close).doesNotThrowAnyException();
        assertThat(NativeOwner.openCount()).isEqualTo(owners);
        tried++;
      }
    }

    assertThat(slowest).isLessThan(TimeUnit.SECONDS.toNanos(5));
    Reliability.record(
        "a destination blocks forever in " + where,
        "cancel() from another thread, while the named call blocks; the interrupt"
            + " makes it throw, return, or is ignored",
        tried,
        "cancel() returned after at most "
            + TimeUnit.NANOSECONDS.toMillis(slowest)
            + " ms; the blocked call ended with a CancellationException, native memory freed by"
            + " the last thread to leave");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onStreams with a container",
        "onPacket with a container",
        "onPacket without a container"
      })
  void cancel_whileAPacketListenerBlocks_returnsAtOnceAndEndsIt(String where) throws Exception {
    long owners = NativeOwner.openCount();
    int tried = 0;
    long slowest = 0;

    for (Interrupt interrupt : Interrupt.values()) {
      for (int i = 0; i < Reliability.times(1, 20); i++) {
        Blocking target =
            new Blocking("listener", where.startsWith("onStreams") ? 0 : 5, interrupt);
        boolean withContainer = where.endsWith("with a container");
        PacketListener listener = listener(target, where.startsWith("onStreams"));
        Encoder.Builder settings = Encoder.builder();
        Encoder encoder = (withContainer ? settings.packetListener(listener) : settings).build();
        Run run = new Run(() -> encode(encoder, withContainer ? null : listener));
        assertThat(target.blocked.await(30, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        encoder.cancel();
        slowest = Math.max(slowest, System.nanoTime() - start);
        if (interrupt == Interrupt.IS_IGNORED) {
          assertThatCode(encoder::close).doesNotThrowAnyException();
          target.release.countDown();
        }

        assertThat(run.await()).isInstanceOf(CancellationException.class);
        assertThat(run.interruptedAfter).isFalse();
        assertThatCode(encoder::close).doesNotThrowAnyException();
        assertThat(NativeOwner.openCount()).isEqualTo(owners);
        tried++;
      }
    }

    assertThat(slowest).isLessThan(TimeUnit.SECONDS.toNanos(5));
    Reliability.record(
        "a packet listener blocks forever in " + where,
        "cancel() from another thread; the interrupt makes it throw, return, or is ignored",
        tried,
        "cancel() returned after at most "
            + TimeUnit.NANOSECONDS.toMillis(slowest)
            + " ms; the blocked call ended with a CancellationException, native memory freed by"
            + " the last thread to leave");
  }

  private static PacketListener listener(Blocking target, boolean onStreams) {
    return new PacketListener() {
      @Override
      public void onStreams(List<PacketStreamInfo> streams) throws IOException {
        if (onStreams) {
          target.call("listener");
        }
      }

      @Override
      public void onPacket(Packet packet) throws IOException {
        target.call("listener");
      }
    };
  }

  private static void encode(Encoder encoder, @Nullable PacketListener instead) throws IOException {
    VideoStream video = encoder.addVideo(options());
    if (instead == null) {
      encoder.openFileLike(OutputStream.nullOutputStream(), "ts");
    } else {
      encoder.openPackets(instead);
    }
    feed(video);
    encoder.finish();
  }

  @ParameterizedTest
  @ValueSource(strings = {"position 0", "write 0", "write 30", "seek 0", "flush 0"})
  void deadline_callBlocks_failsThatCall(String where) throws Exception {
    String name = where.split(" ", -1)[0];
    int call = Integer.parseInt(where.split(" ", -1)[1]);
    long owners = NativeOwner.openCount();

    for (Interrupt interrupt :
        new Interrupt[] {Interrupt.THROWS_IO, Interrupt.THROWS_UNCHECKED, Interrupt.IS_SWALLOWED}) {
      Blocking target = new Blocking(name, call, interrupt);
      Encoder encoder = Encoder.builder().deadline(Duration.ofMillis(300)).build();

      Run run = new Run(encoder, target);

      assertThat(run.await())
          .as("%s, %s", where, interrupt)
          .isInstanceOf(InterruptedIOException.class)
          .hasMessageContaining("longer than PT0.3S");
      assertThat(run.interruptedAfter).isFalse();
      assertThatCode(encoder::close).doesNotThrowAnyException();
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
    }
  }

  @Test
  void cancel_whileAPipeIsFull_endsTheCall() throws Exception {
    long owners = NativeOwner.openCount();
    try (PipedOutputStream pipe = new PipedOutputStream();
        PipedInputStream reader = new PipedInputStream(pipe, 1024)) {
      Encoder encoder = Encoder.create();
      Run run = new Run(encoder, pipe);
      while (reader.available() < 1024) {
        Thread.sleep(5);
      }

      encoder.cancel();

      assertThat(run.await()).isInstanceOf(CancellationException.class);
      encoder.close();
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
    }
  }

  @Test
  @SuppressWarnings("try") // closing under the encoder is the point
  void addFrame_channelClosedByAnother_throwsTheChannelsException() throws Exception {
    long owners = NativeOwner.openCount();
    Path file = directory.resolve("closed.ts");
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(options());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      encoder.openFileLike(channel, "ts");
      for (int i = 0; i < 30; i++) {
        video.addFrame(Clip.frame(i));
      }
      closedByAnother(channel);

      Throwable thrown = catchThrowable(() -> video.addFrame(Clip.frame(30)));

      assertThat(thrown).isExactlyInstanceOf(ClosedChannelException.class);
      assertThatCode(encoder::close).doesNotThrowAnyException();
    }
    assertThat(Played.of(file).frames()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  private static void closedByAnother(FileChannel channel) throws IOException {
    channel.close();
  }

  /** A channel that violates the contract of channels. */
  private static final class Odd extends WriteOnlyChannel {
    private final int answer;
    private final int afterWrites;
    private int writes;
    @Nullable ByteBuffer kept;

    Odd(int answer, int afterWrites) {
      this.answer = answer;
      this.afterWrites = afterWrites;
    }

    @Override
    public int write(ByteBuffer source) {
      if (kept == null) {
        kept = source.duplicate();
      }
      if (writes++ >= afterWrites) {
        return answer;
      }
      int count = source.remaining();
      source.position(source.limit());
      return count;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1, Integer.MAX_VALUE})
  void addFrame_channelAcceptsNothing_failsInsteadOfRetryingForever(int answer) throws Exception {
    for (int after : new int[] {0, 1, 8}) {
      Encoder encoder = Encoder.create();

      Throwable thrown =
          catchThrowable(
              () -> {
                VideoStream video = encoder.addVideo(options());
                encoder.openFileLike(new Odd(answer, after), "ts");
                feed(video);
                encoder.finish();
              });

      assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("accepted none of");
      assertThatCode(encoder::close).doesNotThrowAnyException();
    }
  }

  @Test
  void openFileLike_channelKeepsTheBuffer_neverReceivesNativeMemory() throws Exception {
    Odd channel = new Odd(0, Integer.MAX_VALUE);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options());
      encoder.openFileLike(channel, "ts");
      feed(video);
    }

    ByteBuffer kept = channel.kept;
    assertThat(kept).isNotNull();
    assertThat(kept.isDirect()).isFalse();
  }

  @Test
  void cancel_whileAFifoIsFull_leavesItsThreadBlockedUntilSomeoneReads() throws Exception {
    Path fifo = directory.resolve("fifo");
    assumeTrue(makeFifo(fifo), "requires mkfifo, for a blocked write that nothing can interrupt");
    long owners = NativeOwner.openCount();
    // opened for both, so that opening does not wait for the other side; not closed, because that
    // would wait for the reader
    RandomAccessFile pipe = new RandomAccessFile(fifo.toFile(), "rw");
    AtomicLong written = new AtomicLong();
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            pipe.write(value);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int i = 0; i < 100; i++) {
              pipe.write(bytes, offset, length);
              written.addAndGet(length);
            }
          }
        };
    Encoder encoder = Encoder.create();
    Run run = new Run(encoder, stream);
    long seen = -1;
    while (seen != written.get() || seen == 0) {
      seen = written.get();
      Thread.sleep(200);
    }

    encoder.cancel();
    encoder.close();
    assertThat(run.thrown.isDone()).isFalse();
    drain(pipe);

    assertThat(run.await()).isInstanceOf(CancellationException.class);
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  /** Reads on its own thread, which then stays blocked in the empty pipe until the JVM exits. */
  private static void drain(RandomAccessFile pipe) {
    Thread reader =
        new Thread(
            () -> {
              byte[] part = new byte[4096];
              Throwable unused =
                  catchThrowable(
                      () -> {
                        while (pipe.read(part) >= 0) {
                          Thread.onSpinWait();
                        }
                      });
            });
    reader.setDaemon(true);
    reader.start();
  }

  private static boolean makeFifo(Path path) {
    try {
      return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0
          && Files.exists(path);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static VideoOptions options() {
    return VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, 25).codec("mpeg4").threads(1).build();
  }

  private static void encode(Encoder encoder, OutputStream target) throws IOException {
    VideoStream video = encoder.addVideo(options());
    // only mkv seeks back; ts writes each packet
    boolean seeks = target instanceof Blocking blocking && blocking.name.equals("seek");
    encoder.openFileLike(target, seeks ? "mkv" : "ts");
    feed(video);
    encoder.finish();
  }

  private static void feed(VideoStream video) throws IOException {
    for (int i = 0; i < 60; i++) {
      video.addFrame(Clip.frame(i));
    }
  }
}
