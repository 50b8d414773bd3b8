package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.OutputResult;
import io.reelmux.PacketListener;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputEvents;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Everything that follows the encoders. Packets pass through an {@link Interleaver}, a {@link
 * CountedOutput} and a {@link Tee} to the caller's listener and the {@link Fan}, which has a {@link
 * Branch} for each output.
 *
 * <p><b>Lifetime.</b> A pipeline is complete when {@link #prepare} returns: the header is in
 * memory, and the caller's destinations and listeners have not been touched. {@link #start} starts
 * them, {@link #finish} or {@link #salvage} completes the containers, and {@link #close} frees the
 * muxers and the packets that are still waiting.
 *
 * <p><b>Locks.</b> One lock guards all of it up to the queues of the outputs. If there is one
 * output, the lock is held while its destination runs, so a slow destination slows down all
 * streams. The first failure ends the work of all streams. {@link #cancel}, {@link #size} and the
 * counts take no lock and may be used from any thread.
 */
public final class OutputPipeline implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable ListenerAdapter listener;
  private final Fan fan = new Fan();
  private final Tee target;
  private final CountedOutput counts;
  private final Interleaver interleaver;
  private final OutputTargets targets;
  private final OutputEvents events;
  private @Nullable Throwable failure;

  private OutputPipeline(
      @Nullable ListenerAdapter listener,
      List<MuxStream> streams,
      OutputTargets targets,
      SessionRequest request) {
    this.listener = listener;
    this.targets = targets;
    this.events = request.events();
    this.target = new Tee(listener == null ? List.of(fan) : List.of(listener, fan));
    this.counts = new CountedOutput(target, streams.size());
    this.interleaver = new Interleaver(counts, streams, request.interleaveBudget());
  }

  /**
   * Builds the pipeline and checks that the containers support the streams. No destination is
   * touched.
   *
   * @param streams all streams; their order gives their numbers
   * @param only the numbers of the streams of each output; empty for all
   * @throws IllegalArgumentException if a container does not support its streams or an option
   */
  public static OutputPipeline prepare(
      List<MuxStream> streams,
      OutputTargets targets,
      SessionRequest request,
      List<Optional<List<Integer>>> only)
      throws IOException {
    PacketListener listener = request.packetListener();
    OutputPipeline pipeline =
        new OutputPipeline(
            listener == null ? null : new ListenerAdapter(listener, streams),
            streams,
            targets,
            request);
    try {
      List<OutputRequest> outputs = request.outputs();
      for (int i = 0; i < outputs.size(); i++) {
        OutputRequest output = outputs.get(i);
        pipeline.add(
            outputs.size() == 1
                ? targets.alone(output, only.get(i))
                : targets.among(output, only.get(i)));
      }
      return pipeline;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, pipeline);
      throw e;
    }
  }

  private Branch add(OutputTarget output) {
    Branch branch = new Branch(fan.branches().size(), output, events, lock);
    fan.add(branch);
    return branch;
  }

  /**
   * What an output can store of a stream's times.
   *
   * @param stream number of the stream
   * @param unit of the stream's times in the container
   */
  public record Limit(int stream, Container container, TimeBase unit) {}

  /** Returns what the containers can store. */
  public List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    boolean several = fan.branches().size() > 1;
    for (Branch branch : fan.branches()) {
      OutputTarget output = branch.output();
      Container container =
          several ? output.format().of(output.settings().name()) : output.format();
      List<TimeBase> units = output.target().timeBases();
      for (int i = 0; i < units.size(); i++) {
        limits.add(new Limit(output.streams().numbers().get(i), container, units.get(i)));
      }
    }
    return limits;
  }

  /** Starts the listener, then the destinations. */
  public void start() throws IOException {
    if (listener != null) {
      listener.start();
    }
    for (Branch branch : fan.branches()) {
      branch.start();
    }
  }

  /**
   * Adds an output that starts at the next key frame.
   *
   * @throws IllegalArgumentException if it cannot hold its streams; nothing is left behind
   * @throws IllegalStateException if all its streams have ended; nothing is left behind
   * @throws IOException if it is required and cannot be started; nothing is left behind
   */
  public OutputControl attach(OutputRequest request, Optional<List<Integer>> only)
      throws IOException {
    OutputTarget output = targets.late(request, only);
    lock.lock();
    try {
      fan.requireStreams(output);
      Branch branch = new Branch(fan.branches().size(), output, events, lock);
      branch.useThread();
      branch.startLate();
      branch.start();
      fan.attach(branch);
      return branch;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, output);
      output.notes().withdraw();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Returns an output, in the order opened and attached. */
  public OutputControl output(int number) {
    return fan.branch(number);
  }

  /** Returns what was written to each output. */
  public List<OutputResult> results() {
    return fan.branches().stream().map(Branch::result).toList();
  }

  /** Adds a packet of a stream. */
  public void add(int stream, AVPacket packet) throws IOException {
    lock.lock();
    try {
      requireNoFailure();
      interleaver.add(stream, packet);
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a stream: it will have no more packets. */
  public void end(int stream) throws IOException {
    locked(() -> interleaver.end(stream));
  }

  /** All streams are about to end: removes the limit on waiting bytes. */
  public void finishing() {
    lock.lock();
    try {
      interleaver.unlimited();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Continues without a limit after too many packets had to wait for one stream, or after the
   * failure of a required output.
   *
   * @return false after any other failure
   */
  public boolean resume() {
    lock.lock();
    try {
      if (!interleaver.exceeded() && !fan.endedByOutput(failure)) {
        return false;
      }
      failure = null;
      fan.salvaging();
      interleaver.unlimited();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Completes the containers. All streams have ended. */
  public void finish() throws IOException {
    locked(target::finish);
  }

  /** After a failure: writes the waiting packets and completes what is still possible. */
  public void salvage() throws IOException {
    lock.lock();
    try {
      fan.salvaging();
      if (target.canFinish()) {
        interleaver.endAll();
        target.finish();
      }
    } finally {
      lock.unlock();
    }
  }

  private void locked(ThrowingRunnable<IOException> step) throws IOException {
    lock.lock();
    try {
      requireNoFailure();
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void requireNoFailure() throws IOException {
    if (failure != null) {
      throw new IOException("another stream of this encoder failed: " + failure, failure);
    }
  }

  private void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Stops all writing. May be called from any thread. */
  public void cancel() {
    target.cancel();
  }

  /** Returns the bytes passed to all destinations. May be called from any thread. */
  public long size() {
    return target.size();
  }

  /** Returns the number of packets of a stream that were written. */
  public long packets(int stream) {
    return counts.packets(stream);
  }

  /** Returns the bytes of these packets. */
  public long bytes(int stream) {
    return counts.bytes(stream);
  }

  /** Returns the name of the first output's container; {@code packets} if it has none. */
  public String containerName() {
    return fan.branch(0).output().container();
  }

  @Override
  public void close() {
    interleaver.close();
    target.close();
  }
}
