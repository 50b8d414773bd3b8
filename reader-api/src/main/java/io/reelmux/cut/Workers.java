package io.reelmux.cut;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Encodes all chunks of a plan, and audio, on several threads. Used once. */
final class Workers {
  private final CutPlan plan;
  private final FrameSource frames;
  private final TemporaryDirectory directory;
  private final ProgressCount progress;

  /** What ends the work that is being done. */
  private final Set<Runnable> running = ConcurrentHashMap.newKeySet();

  private volatile boolean canceled;

  Workers(CutPlan plan, FrameSource frames, TemporaryDirectory directory, ProgressCount progress) {
    this.plan = plan;
    this.frames = frames;
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * Encodes everything. When this returns or throws, no thread is at work.
   *
   * @param count the number of threads
   * @param audio encoded beside the chunks, into the file
   * @return for each chunk and the audio, what adds it to a joiner
   * @throws InterruptedIOException if the calling thread is interrupted
   * @throws CancellationException after {@link #cancel}
   * @throws IOException the first failure
   */
  List<Consumer<Joiner>> encode(int count, @Nullable AudioEncoder audio, Path audioFile)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(count, Workers::thread);
    boolean complete = false;
    try {
      CompletionService<Consumer<Joiner>> tasks = new ExecutorCompletionService<>(pool);
      if (audio != null) {
        // the longest task
        tasks.submit(() -> encode(audio, audioFile));
      }
      plan.chunks().forEach(chunk -> tasks.submit(() -> encode(chunk)));
      List<Consumer<Joiner>> results = new ArrayList<>();
      for (int left = plan.chunks().size() + (audio == null ? 0 : 1); left > 0; left--) {
        results.add(tasks.take().get());
      }
      complete = true;
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("encode() was interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (!complete) {
        cancel();
        pool.shutdownNow();
      }
      end(pool);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "reelmux-chunks");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits, so that no file is left open: encoders that are canceled soon return. */
  private static void end(ExecutorService pool) {
    pool.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException failure(@Nullable Throwable cause) throws IOException {
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new AssertionError(cause);
  }

  private Consumer<Joiner> encode(Chunk chunk) throws IOException {
    ChunkEncoder encoder =
        ChunkEncoder.of(plan, frames).progress(count -> progress.encoded(chunk, count));
    Runnable cancel = encoder::cancel;
    begin(cancel);
    try {
      ChunkResult result = encoder.encode(chunk, directory.file("chunk-" + chunk.index()));
      progress.completed(chunk);
      return joiner -> joiner.chunk(result);
    } finally {
      running.remove(cancel);
    }
  }

  private Consumer<Joiner> encode(AudioEncoder audio, Path file) throws IOException {
    Runnable cancel = audio::cancel;
    begin(cancel);
    try {
      AudioResult result = audio.encode(file);
      return joiner -> joiner.audio(result);
    } finally {
      running.remove(cancel);
    }
  }

  private void begin(Runnable cancel) {
    running.add(cancel);
    if (canceled) {
      throw new CancellationException("encode(): the encoder has been canceled");
    }
  }

  /** Ends all work, from any thread. */
  void cancel() {
    canceled = true;
    running.forEach(Runnable::run);
  }
}
