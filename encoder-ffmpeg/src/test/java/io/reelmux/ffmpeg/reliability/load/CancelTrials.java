package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.testing.WriteOnlyChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A child JVM program that cancels encoders in every situation and measures how long {@code
 * cancel()} takes. Arguments: trials for each situation, names of encoders.
 */
public final class CancelTrials {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /** Enough to fill the look-ahead of the slow encoders. */
  private static final int IN_FLIGHT = 45;

  private static final VideoFrame[] FRAMES = new VideoFrame[5];

  private final Random random = new Random(7);
  private final List<Double> calls = new ArrayList<>();
  private final List<Double> follows = new ArrayList<>();

  private CancelTrials() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < FRAMES.length; i++) {
      FRAMES[i] = Clips.frame(WIDTH, HEIGHT, i);
    }
    Jitter jitter = new Jitter();
    int trials = Integer.parseInt(arguments[0]);
    for (String codec : Arrays.asList(arguments).subList(1, arguments.length)) {
      measure("held " + codec, trials, t -> t.held(codec));
      measure("encoding " + codec, trials, t -> t.encoding(codec));
      measure("opening " + codec, trials, t -> t.opening(codec));
    }
    for (Blocker blocker : Blocker.values()) {
      measure("blocked " + blocker, 3 * trials, t -> t.blocked(blocker));
    }
    ChildReport.print("jitter", jitter.worstMillis());
    ChildReport.print("owners", NativeOwner.openCount());
  }

  /** Cancels one encoder. */
  @FunctionalInterface
  private interface Trial {
    void run(CancelTrials trials) throws Exception;
  }

  private static void measure(String situation, int trials, Trial trial) throws Exception {
    CancelTrials all = new CancelTrials();
    for (int i = 0; i < trials; i++) {
      trial.run(all);
    }
    Collections.sort(all.calls);
    Collections.sort(all.follows);
    String name = situation.replace(' ', '.');
    ChildReport.print(name + ".median", all.calls.get(all.calls.size() / 2));
    ChildReport.print(name + ".max", all.calls.get(all.calls.size() - 1));
    if (!all.follows.isEmpty()) {
      ChildReport.print(name + ".follow", all.follows.get(all.follows.size() - 1));
    }
  }

  private static VideoStream add(Encoder encoder, String codec) {
    VideoOptions.Builder options = VideoOptions.builder(WIDTH, HEIGHT, 25).codec(codec);
    return encoder.addVideo(options.build());
  }

  /** Frames are in the encoder's threads and queues; no call is in progress. */
  private void held(String codec) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = add(encoder, codec);
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      for (int i = 0; i < IN_FLIGHT; i++) {
        video.addFrame(FRAMES[i % FRAMES.length]);
      }
      cancel(encoder);
    }
  }

  /** Another thread is encoding. */
  private void encoding(String codec) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = add(encoder, codec);
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      int wanted = 1 + random.nextInt(IN_FLIGHT);
      CountDownLatch fed = new CountDownLatch(wanted);
      Feeder feeder =
          new Feeder(
              () -> {
                for (int i = 0; ; i++) {
                  video.addFrame(FRAMES[i % FRAMES.length]);
                  fed.countDown();
                }
              });
      fed.await();
      cancel(encoder);
      feeder.join(follows);
    }
  }

  /** Another thread is opening. */
  private void opening(String codec) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      add(encoder, codec);
      Feeder feeder =
          new Feeder(
              () -> {
                encoder.openFileLike(new ByteArrayOutput(), "mkv");
                throw new CancellationException("was already open");
              });
      TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
      cancel(encoder);
      feeder.join(follows);
    }
  }

  /** Another thread is blocked in a write that can be interrupted. */
  private void blocked(Blocker blocker) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(640, 480, 25).codec("mjpeg").pixelFormat("yuv420p").build());
      Feeder feeder =
          new Feeder(
              () -> {
                blocker.open(encoder);
                for (int i = 0; ; i++) {
                  video.addFrame(Clips.frame(640, 480, i));
                }
              });
      feeder.awaitBlocked();
      cancel(encoder);
      feeder.join(follows);
      Blocker.closeAll();
    }
  }

  private void cancel(Encoder encoder) {
    long start = System.nanoTime();
    encoder.cancel();
    calls.add((System.nanoTime() - start) / 1e6);
  }

  /** Destinations that accept only a little. */
  private enum Blocker {
    SEMAPHORE {
      @Override
      void open(Encoder encoder) throws IOException {
        encoder.openFileLike(
            new OutputStream() {
              @Override
              public void write(int value) throws IOException {
                block();
              }

              @Override
              public void write(byte[] source, int offset, int length) throws IOException {
                block();
              }
            },
            "mkv");
      }
    },
    PIPED_STREAM {
      @Override
      void open(Encoder encoder) throws IOException {
        PipedOutputStream out = new PipedOutputStream();
        out.connect(new PipedInputStream());
        encoder.openFileLike(out, "mkv");
      }
    },
    PIPE_CHANNEL {
      @Override
      void open(Encoder encoder) throws IOException {
        Pipe pipe = Pipe.open();
        OPEN.add(pipe.source());
        OPEN.add(pipe.sink());
        encoder.openFileLike(Channels.newOutputStream(pipe.sink()), "mkv");
      }
    },
    CHANNEL {
      @Override
      void open(Encoder encoder) throws IOException {
        encoder.openFileLike(new BlockedChannel(), "mp4");
      }
    };

    private static final List<Channel> OPEN = new CopyOnWriteArrayList<>();

    abstract void open(Encoder encoder) throws IOException;

    static void closeAll() throws IOException {
      for (Channel channel : OPEN) {
        channel.close();
      }
      OPEN.clear();
    }

    static void block() throws IOException {
      try {
        new Semaphore(0).acquire();
      } catch (InterruptedException e) {
        throw new IOException("interrupted in the destination", e);
      }
    }
  }

  /** Blocks in every write. */
  private static final class BlockedChannel extends WriteOnlyChannel {

    @Override
    public int write(ByteBuffer source) throws IOException {
      Blocker.block();
      return 0;
    }
  }

  private static final class Feeder {
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private final Thread thread;

    Feeder(ThrowingRunnable<IOException> feeding) {
      thread =
          new Thread(
              () -> {
                try {
                  feeding.run();
                } catch (Throwable e) {
                  thrown.set(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    void awaitBlocked() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      int seen = 0;
      while (seen < 3 && System.nanoTime() < deadline) {
        ProcessWatch.pause(5);
        boolean inside =
            Arrays.stream(thread.getStackTrace())
                .anyMatch(element -> element.getClassName().endsWith("HostDestination"));
        seen = inside ? seen + 1 : 0;
      }
    }

    void join(List<Double> follows) throws InterruptedException {
      long start = System.nanoTime();
      thread.join(20_000);
      follows.add((System.nanoTime() - start) / 1e6);
      if (thread.isAlive() || !(thrown.get() instanceof CancellationException)) {
        System.err.println(ProcessWatch.threadDump());
        throw new IllegalStateException("the thread did not end with a cancellation", thrown.get());
      }
    }
  }

  /**
   * Measures how late this machine schedules a runnable thread, which is not the library's fault.
   */
  private static final class Jitter {
    private final AtomicLong worst = new AtomicLong();

    Jitter() {
      Thread thread = new Thread(this::watch, "jitter");
      thread.setDaemon(true);
      thread.start();
    }

    private void watch() {
      while (true) {
        long start = System.nanoTime();
        ProcessWatch.pause(1);
        worst.accumulateAndGet(System.nanoTime() - start - 1_000_000, Math::max);
      }
    }

    double worstMillis() {
      return worst.get() / 1e6;
    }
  }
}
