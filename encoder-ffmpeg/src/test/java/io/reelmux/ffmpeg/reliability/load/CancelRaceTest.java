package io.reelmux.ffmpeg.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SeekableOutputStream;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two calls that race at the worst possible moment. */
@Timeout(60)
class CancelRaceTest {

  @TempDir Path directory;

  /** A destination that runs an action when the encoder queries its position. */
  private static final class Hooked extends SeekableOutputStream {
    private final ByteArrayOutput bytes = new ByteArrayOutput();
    private final Runnable hook;
    private final AtomicInteger writes = new AtomicInteger();

    Hooked(Runnable hook) {
      this.hook = hook;
    }

    @Override
    public long position() {
      hook.run();
      return bytes.position();
    }

    @Override
    public void seek(long position) throws IOException {
      bytes.seek(position);
    }

    @Override
    public void write(int value) throws IOException {
      writes.incrementAndGet();
      bytes.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      writes.incrementAndGet();
      bytes.write(source, offset, length);
    }
  }

  @Test
  void cancel_whileOpenQueriesTheDestination_nothingIsWrittenAfterwards() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Clips.video().build());
      Hooked destination = new Hooked(encoder::cancel);

      assertThatThrownBy(() -> encoder.openFileLike(destination, "mp4"))
          .isInstanceOf(CancellationException.class);

      assertThat(destination.writes).hasValue(0);
    }
  }

  @Test
  void cancelAndClose_whileOpenRuns_openThrowsCancellation() throws Exception {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(Clips.video().build());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Hooked destination =
        new Hooked(
            () -> {
              inside.countDown();
              awaitUninterruptibly(go);
            });
    CompletableFuture<Throwable> opener =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> encoder.openFileLike(destination, "mp4")));
    inside.await();

    encoder.cancel();
    encoder.close();
    go.countDown();

    assertThat(opener.get()).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> video.addFrame(Clips.frame(Clips.WIDTH, Clips.HEIGHT, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after close()");
    assertThat(destination.writes).hasValue(0);
  }

  @Test
  void cancelAndClose_whileWriteRuns_addThrowsCancellation() throws Exception {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(Clips.video().gop(1).build());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean block = new AtomicBoolean();
    encoder.openFileLike(
        new OutputStream() {
          @Override
          public void write(int value) {}

          @Override
          public void write(byte[] source, int offset, int length) {
            if (block.get()) {
              inside.countDown();
              awaitUninterruptibly(go);
            }
          }
        },
        "mpegts");
    block.set(true);
    CompletableFuture<Throwable> feeder =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowable(
                    () -> {
                      for (int i = 0; i < 1000; i++) {
                        video.addFrame(Clips.frame(Clips.WIDTH, Clips.HEIGHT, i));
                      }
                    }));
    inside.await();

    encoder.cancel();
    encoder.close();
    go.countDown();

    assertThat(feeder.get()).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancel_beforeOpenTouchesTheFile_oldFileStays() throws Exception {
    Path file = directory.resolve("kept.mp4");
    Files.writeString(file, "existing content");
    AtomicBoolean canceled = new AtomicBoolean();
    Encoder[] self = new Encoder[1];
    Encoder encoder =
        Encoder.builder()
            .packetListener(
                new PacketListener() {
                  @Override
                  public void onStreams(List<PacketStreamInfo> streams) {
                    self[0].cancel();
                    canceled.set(true);
                  }

                  @Override
                  public void onPacket(Packet packet) {}
                })
            .build();
    self[0] = encoder;
    encoder.addVideo(Clips.video().build());

    assertThatThrownBy(() -> encoder.openFile(file)).isInstanceOf(CancellationException.class);
    encoder.close();

    assertThat(canceled).isTrue();
    assertThat(file).hasContent("existing content");
  }

  @Test
  void add_whileAnotherThreadOpens_isRefusedOrAccepted() throws Exception {
    for (int trial = 0; trial < 300; trial++) {
      Encoder encoder = Encoder.create();
      VideoStream video = encoder.addVideo(Clips.video().codec("mpeg4").build());
      CompletableFuture<Throwable> feeder =
          CompletableFuture.supplyAsync(
              () -> {
                while (true) {
                  Throwable thrown =
                      catchThrowable(
                          () -> video.addFrame(Clips.frame(Clips.WIDTH, Clips.HEIGHT, 0)));
                  if (!(thrown instanceof IllegalStateException)) {
                    return thrown;
                  }
                }
              });

      encoder.openFileLike(new ByteArrayOutput(), "mp4");

      assertThat(within(feeder)).isNull();
      encoder.close();
    }
  }

  private static Throwable within(CompletableFuture<Throwable> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(10, TimeUnit.SECONDS);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
