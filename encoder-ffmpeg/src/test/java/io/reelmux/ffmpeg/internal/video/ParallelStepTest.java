package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.EncoderException;
import io.reelmux.testing.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelStepTest {

  @Test
  void join_severalInputs_returnsEachResultOnce() throws EncoderException {
    ParallelStep<Integer, Integer> step = new ParallelStep<>(input -> input + 1);
    for (int i = 0; i < 1000; i++) {
      step.start(i);

      assertThat(step.join()).isEqualTo(i + 1);
    }
  }

  @Test
  void join_workFails_throwsItUnchangedAndServesTheNext() throws EncoderException {
    EncoderException checked = new EncoderException("test", null, -1, "test", List.of(), null);
    Error error = new InternalError("a mapped file became shorter");
    ParallelStep<Integer, Integer> step =
        new ParallelStep<>(
            input -> {
              if (input == 0) {
                throw checked;
              }
              if (input == 1) {
                throw error;
              }
              return input;
            });
    step.start(0);
    assertThatThrownBy(step::join).isSameAs(checked);
    step.start(1);
    assertThatThrownBy(step::join).isSameAs(error);
    step.start(2);
    assertThat(step.join()).isEqualTo(2);
  }

  @Test
  void join_poolBusy_runsItHereAndThePoolsLateEntryDoesNothing() throws Exception {
    List<Integer> inputs = new CopyOnWriteArrayList<>();
    ParallelStep<Integer, Thread> step =
        new ParallelStep<>(
            input -> {
              inputs.add(input);
              return Thread.currentThread();
            });
    CountDownLatch busy = new CountDownLatch(ForkJoinPool.getCommonPoolParallelism());
    CountDownLatch free = new CountDownLatch(1);
    for (long i = busy.getCount(); i > 0; i--) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                busy.countDown();
                awaitUninterruptibly(free);
              });
    }
    busy.await();
    for (int i = 0; i < 3; i++) {
      step.start(i);
      assertThat(step.join()).isSameAs(Thread.currentThread());
    }

    free.countDown();
    CountDownLatch drained = new CountDownLatch(1);
    ForkJoinPool.commonPool().execute(drained::countDown);
    drained.await();

    assertThat(inputs).containsExactly(0, 1, 2);

    step.start(3);
    step.join();
    assertThat(inputs).containsExactly(0, 1, 2, 3);
  }

  @Test
  void join_poolStartsFirst_waitsForItAndKeepsTheInterrupt() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    ParallelStep<Integer, Thread> step =
        new ParallelStep<>(
            input -> {
              started.countDown();
              awaitUninterruptibly(free);
              return Thread.currentThread();
            });
    step.start(0);
    started.await();
    Thread.currentThread().interrupt();
    new Thread(free::countDown).start();

    assertThat(step.join()).isNotSameAs(Thread.currentThread());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void start_poolWithoutThreads_leavesNothingInIt() {
    ChildJvm.Result result =
        ChildJvm.of(OneStep.class)
            .jvm("-Djava.util.concurrent.ForkJoinPool.common.parallelism=0")
            .run(Duration.ofSeconds(25));

    assertThat(result.lines()).containsExactly("1, waiting: false");
  }

  /** Prints the result of a step, and whether the pool has kept anything of it. */
  static final class OneStep {
    public static void main(String[] arguments) throws EncoderException {
      ParallelStep<Integer, Integer> step = new ParallelStep<>(input -> input + 1);
      step.start(0);
      int result = step.join();
      System.out.println(result + ", waiting: " + ForkJoinPool.commonPool().hasQueuedSubmissions());
    }

    private OneStep() {}
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
