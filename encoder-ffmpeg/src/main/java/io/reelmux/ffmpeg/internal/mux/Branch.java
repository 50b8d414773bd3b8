package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.OutputResult;
import io.reelmux.OutputState;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputEvents;
import io.reelmux.spi.OutputRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * One output of the pipeline: passes the packets of its streams to its target.
 *
 * <p>An output that is alone is written by the thread that feeds the encoder. Any other has a
 * thread of its own, which takes them from {@link WaitingPackets}, writes them, completes the
 * target and frees it. So a destination that never returns holds up nothing but this thread, which
 * frees what it uses when it gets out.
 *
 * <p>Packets are added under the lock of the {@link OutputPipeline}; the methods of {@link
 * OutputControl} may be called by any thread.
 */
final class Branch implements OutputControl, AutoCloseable {
  /** How long a thread gets to leave a destination that has been interrupted. */
  private static final long MAX_WAIT_MILLIS = 2000;

  private static final long OVERDUE_WAIT_MILLIS = 200;

  private final int number;
  private final OutputTarget output;
  private final PacketTarget target;
  private final StreamSelection streams;
  private final OutputRequest.Settings settings;
  private final OutputEvents events;
  private final Lock pipeline;
  private final OutputStatus status;
  private final WaitingPackets waiting;
  private volatile @Nullable Thread thread;
  private volatile boolean threaded;
  private volatile @Nullable List<Optional<PacketTimes>> firsts;
  private boolean startsLater;
  private boolean closed;

  /** Whether a call of its destination exceeds the deadline, and may never return. */
  private volatile boolean overdue;

  /**
   * An output that has been prepared.
   *
   * @param pipeline the lock under which packets are added
   */
  Branch(int number, OutputTarget output, OutputEvents events, Lock pipeline) {
    this.number = number;
    this.output = output;
    this.target = output.target();
    this.streams = output.streams();
    this.settings = output.settings();
    this.events = events;
    this.pipeline = pipeline;
    this.status = new OutputStatus(settings.name());
    this.waiting = new WaitingPackets(number, settings, streams, events);
  }

  /** Gives it a thread of its own, from the next packet on. */
  void useThread() {
    threaded = true;
  }

  /**
   * Starts the destination, or lets its thread do that: a required output has to work when the
   * encoder has been opened.
   */
  void start() throws IOException {
    if (!threaded || settings.required()) {
      output.log().run(target::start);
    } else {
      startsLater = true;
    }
  }

  /** Lets it begin at the next key frame. */
  void startLate() {
    status.waitForKeyFrame();
    waiting.beginAtKeyFrame();
  }

  OutputTarget output() {
    return output;
  }

  boolean isRequired() {
    return settings.required();
  }

  boolean isActive() {
    return status.isActive();
  }

  /** Receives the times of the first packets of all streams. */
  void begin(List<Optional<PacketTimes>> all) throws IOException {
    List<Optional<PacketTimes>> own = streams.select(all);
    if (threaded) {
      firsts = own;
    } else if (isActive()) {
      direct(() -> target.begin(own));
    }
  }

  /** Receives a packet, which is left as it is if the output has a thread. */
  void write(int stream, AVPacket packet) throws IOException {
    int local = streams.indexOf(stream);
    if (local < 0 || !status.accepts()) {
      return;
    }
    if (threaded) {
      offer(local, packet);
      return;
    }
    try {
      target.write(local, packet);
    } catch (IOException | RuntimeException | Error e) {
      if (failedDirectly(e)) {
        throw e;
      }
    }
  }

  /** A stream has ended. */
  void end(int stream) throws IOException {
    int local = streams.indexOf(stream);
    if (local < 0 || !status.accepts()) {
      return;
    }
    if (threaded) {
      waiting.addEnd(local);
      startThread();
    } else {
      direct(() -> target.end(local));
    }
  }

  private void direct(ThrowingRunnable<IOException> step) throws IOException {
    try {
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      if (failedDirectly(e)) {
        throw e;
      }
    }
  }

  /** On the thread that feeds the encoder; returns false if the output has been canceled. */
  private boolean failedDirectly(Throwable cause) {
    if (state() == OutputState.CANCELLED) {
      return false;
    }
    // what still works can be completed by salvage, and has not failed before that
    if (!target.canFinish()) {
      status.end(OutputState.FAILED, cause);
      status.settle();
    }
    return true;
  }

  private void offer(int local, AVPacket packet) {
    try {
      if (waiting.offer(local, packet)) {
        status.begun();
        startThread();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private synchronized void startThread() {
    if (thread != null || closed || !isActive()) {
      return;
    }
    Thread started = new Thread(this::run, "reelmux-output-" + settings.name());
    started.setDaemon(true);
    try {
      started.start();
      thread = started;
    } catch (OutOfMemoryError e) {
      fail(new IOException("there is no thread for output '" + settings.name() + "'", e));
    }
  }

  private void run() {
    try {
      output.log().run(this::work);
      status.complete();
    } catch (Throwable e) {
      failed(e);
    } finally {
      closeAll();
      status.settle();
    }
  }

  private void work() throws IOException {
    if (startsLater) {
      target.start();
    }
    PacketQueue.Entry entry;
    try {
      while ((entry = waiting.take()) != null) {
        pass(entry);
      }
    } catch (InterruptedException e) {
      throw new IOException("the thread of output '" + settings.name() + "' was interrupted", e);
    }
    if (!waiting.isClosed()) {
      target.finish();
    }
  }

  private void pass(PacketQueue.Entry entry) throws IOException {
    PacketRef packet = entry.packet();
    try {
      List<Optional<PacketTimes>> times = firsts;
      if (times != null) {
        firsts = null;
        target.begin(times);
      }
      if (packet == null) {
        target.end(entry.stream());
      } else {
        target.write(entry.stream(), packet.struct());
      }
    } finally {
      if (packet != null) {
        waiting.giveBack(packet);
      }
    }
  }

  /** On its own thread: keeps what can be kept. */
  private void failed(Throwable cause) {
    boolean first = status.end(OutputState.FAILED, cause);
    if (first && target.canFinish()) {
      try {
        output.log().run(target::finish);
      } catch (IOException | RuntimeException | Error e) {
        cause.addSuppressed(e);
      }
    }
    waiting.close();
    if (first) {
      events.failed(number, cause);
    }
  }

  @Override
  public void fail(Throwable cause) {
    if (!threaded || !status.end(OutputState.FAILED, cause)) {
      return;
    }
    overdue = true;
    target.cancel();
    waiting.close();
    status.settle();
    events.failed(number, cause);
  }

  @Override
  public boolean cancel() {
    if (!status.end(OutputState.CANCELLED, null)) {
      return false;
    }
    target.cancel();
    waiting.close();
    status.settle();
    return true;
  }

  @Override
  public void finish() throws IOException {
    if (!threaded) {
      pipeline.lock();
      try {
        useThread();
      } finally {
        pipeline.unlock();
      }
    }
    requestFinish();
    status.await();
    status.requireFinished();
  }

  /** Adds nothing more; an output without a thread is completed now. */
  void requestFinish() throws IOException {
    if (!status.beginFinish()) {
      return;
    }
    if (threaded) {
      waiting.finish();
      startThread();
      return;
    }
    direct(target::finish);
    status.complete();
    status.settle();
  }

  boolean canFinish() {
    return isActive() && (threaded || target.canFinish());
  }

  /** Waits until it is complete, has failed or was canceled. */
  void await() {
    status.await();
  }

  /** Throws the failure, unchanged. */
  void throwFailure() throws IOException {
    status.throwFailure();
  }

  @Override
  public OutputState state() {
    return status.state();
  }

  @Override
  public Optional<Throwable> failure() {
    return status.failure();
  }

  @Override
  public long bytes() {
    return target.size();
  }

  @Override
  public long waiting() {
    return waiting.bytes();
  }

  @Override
  public long dropped() {
    return waiting.dropped();
  }

  @Override
  public boolean hasThread() {
    return thread != null;
  }

  /** Returns what was written. */
  OutputResult result() {
    output.lateNotes().get().forEach(output.notes()::add);
    if (dropped() > 0) {
      output.notes().add(dropped() + " packets were dropped because its buffer was full");
    }
    return new OutputResult(
        settings.name(),
        output.container(),
        target.size(),
        dropped(),
        target.files(),
        status.whyIncomplete(),
        output.notes().list());
  }

  private void closeAll() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      waiting.close();
      output.close();
    } finally {
      OutputState last = state();
      events.ended(number, last == OutputState.FINISHED, last == OutputState.CANCELLED);
    }
  }

  /**
   * Frees the output, unless its thread does, which gets a little time for it: a thread that is
   * inside a destination that does not return frees it when it gets out.
   */
  @Override
  public void close() {
    cancel();
    Thread own = thread;
    if (own == null) {
      closeAll();
    } else {
      Waiting.forEnd(own, overdue ? OVERDUE_WAIT_MILLIS : MAX_WAIT_MILLIS);
    }
  }
}
