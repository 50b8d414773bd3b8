package io.reelmux.ffmpeg.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.OutputHandle;
import io.reelmux.OutputListener;
import io.reelmux.OutputResult;
import io.reelmux.OutputState;
import io.reelmux.Overflow;
import io.reelmux.Packet;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One output blocks, and ignores interrupts; the others do not notice. */
@Timeout(60)
class BlockedOutputTest {
  private final Gate gate = new Gate();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final OutputListener listener =
      new OutputListener() {
        @Override
        public void onFailure(OutputHandle output, Throwable failure) {
          events.add(output.name() + " failed");
        }

        @Override
        public void onOverflow(OutputHandle output) {
          events.add(output.name() + " overflowed");
        }

        @Override
        public void onRecovery(OutputHandle output, long dropped) {
          events.add(output.name() + " recovered after " + dropped);
        }
      };

  @TempDir Path directory;

  /** Its memory is freed then; the extension that counts owners sees to that. */
  @AfterEach
  void letItsThreadEnd() throws InterruptedException {
    gate.open();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("reelmux-output")) {
        thread.join(10_000);
      }
    }
  }

  @Test
  void blocksForEver_failsAtTheDeadline_othersAreWhole() throws IOException {
    Path file = directory.resolve("a.mp4");
    Encoder encoder =
        Encoder.builder().deadline(Duration.ofMillis(300)).outputListener(listener).build();
    Recording recording = Recording.of(encoder);
    encoder.open(Output.file(file), Output.stream(gate, "mpegts").named("live"));
    recording.add(40);
    long start = System.nanoTime();

    EncodingResult result = encoder.finish();
    encoder.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    OutputResult live = result.outputs().get(1);
    assertThat(live.failure().orElseThrow())
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("PT0.3S");
    assertThat(events).containsExactly("live failed");
    assertThat(MediaReader.read(file).video(0).checksums()).hasSize(40);
  }

  @Test
  void cancelHandle_freesFinishAtOnce() throws Exception {
    Path file = directory.resolve("a.mp4");
    Encoder encoder = Encoder.create();
    Recording recording = Recording.of(encoder);
    encoder.open(Output.file(file), Output.stream(gate, "mpegts"));
    recording.add(40);
    gate.awaitReached();
    CompletableFuture<EncodingResult> finished =
        CompletableFuture.supplyAsync(() -> finish(encoder));
    assertThat(finished).isNotDone();

    encoder.outputs().get(1).cancel();

    EncodingResult result = finished.get(20, TimeUnit.SECONDS);
    encoder.close();
    assertThat(encoder.outputs().get(1).state()).isEqualTo(OutputState.CANCELLED);
    assertThat(result.outputs().get(0).failure()).isEmpty();
    assertThat(MediaReader.read(file).video(0).checksums()).hasSize(40);
  }

  private static EncodingResult finish(Encoder encoder) {
    try {
      return encoder.finish();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void wait_feederWaits_nothingIsLost() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(
          Output.stream(new ByteArrayOutput(), "mp4"),
          Output.stream(gate, "mpegts").buffer(2000, Overflow.WAIT));
      CompletableFuture<Void> fed =
          CompletableFuture.runAsync(
              () -> {
                try {
                  recording.add(100);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      gate.awaitReached();

      assertThat(catchTimeout(fed)).isInstanceOf(TimeoutException.class);
      gate.open();
      fed.get(20, TimeUnit.SECONDS);
      assertThat(encoder.finish().outputs().get(1).droppedPackets()).isZero();
    }

    assertThat(MediaReader.read(gate.toByteArray()).video(0).checksums()).hasSize(100);
  }

  private static Throwable catchTimeout(CompletableFuture<Void> future) {
    return catchThrowable(() -> future.get(500, TimeUnit.MILLISECONDS));
  }

  @Test
  void drop_wholeGopsAreDroppedAndCounted_restDecodes() throws Exception {
    List<Packet> all = new ArrayList<>();
    List<Packet> written = Collections.synchronizedList(new ArrayList<>());
    Encoder encoder = Encoder.builder().outputListener(listener).build();
    Recording recording = Recording.of(encoder);
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    encoder.open(
        Output.packets(all::add).named("all"),
        Output.packets(
                packet -> {
                  reached.countDown();
                  awaitOpen(open);
                  written.add(packet);
                })
            .named("slow")
            .buffer(4000, Overflow.DROP_TO_KEY_FRAME));

    recording.add(1);
    recording.add(99);
    reached.await();
    long droppedWhileBlocked = encoder.outputs().get(1).dropped();
    open.countDown();
    waitUntilEmpty(encoder.outputs().get(1));
    recording.add(50);
    EncodingResult result = encoder.finish();
    encoder.close();

    long dropped = result.outputs().get(1).droppedPackets();
    assertThat(droppedWhileBlocked).isPositive();
    assertThat(dropped)
        .isEqualTo(all.size() - written.size())
        .isGreaterThanOrEqualTo(droppedWhileBlocked);
    assertThat(result.notes())
        .contains("slow: " + dropped + " packets were dropped because its buffer was full");
    // on a busy machine it may overflow again
    assertThat(events).hasSizeGreaterThanOrEqualTo(2).startsWith("slow overflowed");
    assertThat(events.get(1)).startsWith("slow recovered");
    // the video that follows the gap begins with a key frame, and no audio is before it
    int gap = firstGap(written);
    assertThat(written.get(gap).stream().index()).isZero();
    assertThat(written.get(gap).keyFrame()).isTrue();
    assertThat(written.subList(gap, written.size()))
        .allSatisfy(
            packet -> assertThat(packet.time()).isGreaterThanOrEqualTo(written.get(gap).time()));
  }

  /** Index of the first video packet that does not follow the one before. */
  private static int firstGap(List<Packet> packets) {
    Packet last = null;
    for (int i = 0; i < packets.size(); i++) {
      Packet packet = packets.get(i);
      if (packet.stream().index() == 0) {
        if (last != null && packet.pts() > last.pts() + last.duration()) {
          return i;
        }
        last = packet;
      }
    }
    throw new AssertionError("no gap");
  }

  private static void awaitOpen(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void waitUntilEmpty(OutputHandle output) throws InterruptedException {
    while (output.waiting() > 0) {
      Thread.sleep(1);
    }
  }

  @Test
  void fail_endsThatOutputOnly() throws Exception {
    Path file = directory.resolve("a.mp4");
    Encoder encoder = Encoder.builder().outputListener(listener).build();
    Recording recording = Recording.of(encoder);
    encoder.open(Output.file(file), Output.stream(gate, "mpegts").buffer(2000, Overflow.FAIL));
    recording.add(100);
    assertThat(events).containsExactly("stream failed");
    EncodingResult result = encoder.finish();
    gate.open();
    encoder.close();

    assertThat(result.outputs().get(1).failure().orElseThrow())
        .hasMessageContaining("output 'stream' has more than 2000 bytes waiting");
    assertThat(MediaReader.read(file).video(0).checksums()).hasSize(100);
  }
}
