package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.EncoderException;
import io.reelmux.OutputResult;
import io.reelmux.OutputState;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputEvents;
import io.reelmux.spi.OutputRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * One output of the pipeline: its streams, its state and its failure.
 *
 * <p>An output that is alone is written by the thread that feeds the encoder. Any other has a
 * thread of its own, which takes packets from a {@link PacketQueue}, writes them, completes the
 * target and frees it. So a destination that never returns holds up nothing but this thread, which
 * frees what it uses when it gets out.
 *
 * <p>Packets are added under the lock of the {@link OutputPipeline}; the methods of {@link
 * OutputControl} may be called by any thread.
 */
final class Branch implements OutputControl, AutoCloseable {
  private static final Set<OutputState> ACTIVE =
      EnumSet.of(OutputState.STARTING, OutputState.RUNNING, OutputState.FINISHING);

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
  private final PacketQueue queue;
  private final KeyFrameGate gate;

  /** Nobody has to wait for this output anymore. */
  private final CountDownLatch settled = new CountDownLatch(1);

  private OutputState state = OutputState.RUNNING;
  private @Nullable Throwable failure;
  private volatile @Nullable Thread thread;
  private volatile boolean threaded;
  private volatile @Nullable List<Optional<PacketTimes>> firsts;

  private final AtomicLong dropped = new AtomicLong();

  private long droppedBefore;
  private boolean startsLater;
  private boolean overflowing;
  private boolean everOverflowed;
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
    this.queue = new PacketQueue(settings.bufferBytes());
    this.gate = new KeyFrameGate(streams.selected());
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
  synchronized void startLate() {
    state = OutputState.STARTING;
    gate.shut();
  }

  OutputTarget output() {
    return output;
  }

  boolean isRequired() {
    return settings.required();
  }

  synchronized boolean isActive() {
    return ACTIVE.contains(state);
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
    if (local < 0 || !accepts()) {
      return;
    }
    if (threaded) {
      offer(local, packet);
    } else {
      direct(() -> target.write(local, packet));
    }
  }

  /** A stream has ended. */
  void end(int stream) throws IOException {
    int local = streams.indexOf(stream);
    if (local < 0 || !accepts()) {
      return;
    }
    gate.end(local);
    if (threaded) {
      queue.addEnd(local);
      startThread();
    } else {
      direct(() -> target.end(local));
    }
  }

  private synchronized boolean accepts() {
    return state == OutputState.STARTING || state == OutputState.RUNNING;
  }

  private void direct(ThrowingRunnable<IOException> step) throws IOException {
    try {
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      if (state() == OutputState.CANCELLED) {
        return;
      }
      // what still works can be completed by salvage, and has not failed before that
      if (!target.canFinish()) {
        settle(OutputState.FAILED, e);
        settled.countDown();
      }
      throw e;
    }
  }

  private void offer(int local, AVPacket packet) {
    if (!gate.admits(local, packet, queue::isHalfEmpty)) {
      drop();
      return;
    }
    opened();
    if (!queue.hasRoom(packet.size()) && !makeRoom(packet.size())) {
      return;
    }
    try {
      queue.add(local, packet);
    } catch (EncoderException e) {
      fail(e);
      return;
    }
    startThread();
  }

  /** A packet has passed the gate. */
  private void opened() {
    synchronized (this) {
      if (state == OutputState.STARTING) {
        state = OutputState.RUNNING;
      }
    }
    if (overflowing) {
      overflowing = false;
      long before = droppedBefore;
      droppedBefore = dropped.get();
      events.recovered(number, droppedBefore - before);
    }
  }

  /** Counts a packet, unless it came before a late start. */
  private void drop() {
    if (everOverflowed) {
      dropped.incrementAndGet();
    }
  }

  /** Returns whether the packet fits now. */
  private boolean makeRoom(int size) {
    switch (settings.overflow()) {
      case WAIT -> {
        queue.awaitRoom(size);
        return true;
      }
      case DROP_TO_KEY_FRAME -> {
        gate.shut();
        overflowing = true;
        everOverflowed = true;
        drop();
        events.overflowed(number);
        return false;
      }
      case FAIL -> {
        fail(
            new IOException(
                "output '%s' has more than %d bytes waiting: it is written more slowly than is encoded"
                    .formatted(settings.name(), settings.bufferBytes())));
        return false;
      }
    }
    throw new AssertionError(settings.overflow());
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
      complete();
    } catch (Throwable e) {
      failed(e);
    } finally {
      closeAll();
      settled.countDown();
    }
  }

  private void work() throws IOException {
    if (startsLater) {
      target.start();
    }
    PacketQueue.Entry entry;
    try {
      while ((entry = queue.take()) != null) {
        pass(entry);
      }
    } catch (InterruptedException e) {
      throw new IOException("the thread of output '" + settings.name() + "' was interrupted", e);
    }
    if (!queue.isClosed()) {
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
        queue.giveBack(packet);
      }
    }
  }

  private synchronized void complete() {
    if (state == OutputState.FINISHING) {
      state = OutputState.FINISHED;
    }
  }

  /** On its own thread: keeps what can be kept. */
  private void failed(Throwable cause) {
    boolean first = settle(OutputState.FAILED, cause);
    if (first && target.canFinish()) {
      try {
        output.log().run(target::finish);
      } catch (IOException | RuntimeException | Error e) {
        cause.addSuppressed(e);
      }
    }
    queue.close();
    if (first) {
      events.failed(number, cause);
    }
  }

  /** Returns false if it has ended before. */
  private synchronized boolean settle(OutputState end, @Nullable Throwable cause) {
    if (!ACTIVE.contains(state)) {
      return false;
    }
    state = end;
    failure = cause;
    return true;
  }

  @Override
  public void fail(Throwable cause) {
    if (!threaded || !settle(OutputState.FAILED, cause)) {
      return;
    }
    overdue = true;
    target.cancel();
    queue.close();
    settled.countDown();
    events.failed(number, cause);
  }

  @Override
  public boolean cancel() {
    if (!settle(OutputState.CANCELLED, null)) {
      return false;
    }
    target.cancel();
    queue.close();
    settled.countDown();
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
    await();
    requireFinished();
  }

  /** Adds nothing more; an output without a thread is completed now. */
  void requestFinish() throws IOException {
    synchronized (this) {
      if (state != OutputState.STARTING && state != OutputState.RUNNING) {
        return;
      }
      state = OutputState.FINISHING;
    }
    if (threaded) {
      queue.finish();
      startThread();
      return;
    }
    direct(target::finish);
    complete();
    settled.countDown();
  }

  boolean canFinish() {
    return isActive() && (threaded || target.canFinish());
  }

  /** Waits until it is complete, has failed or was canceled. */
  void await() {
    Waiting.forEnd(settled);
  }

  private CancellationException canceled() {
    return new CancellationException("output '" + settings.name() + "' has been canceled");
  }

  private void requireFinished() throws IOException {
    OutputState now = state();
    if (now == OutputState.FAILED) {
      throwFailure();
    }
    if (now == OutputState.CANCELLED) {
      throw new IllegalStateException("output '" + settings.name() + "' has been canceled");
    }
  }

  /** Throws the failure, unchanged. */
  void throwFailure() throws IOException {
    Throwable cause = failure().orElseThrow();
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw new IOException("output '" + settings.name() + "' failed", cause);
  }

  @Override
  public synchronized OutputState state() {
    return state;
  }

  @Override
  public synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public long bytes() {
    return target.size();
  }

  @Override
  public long waiting() {
    return queue.bytes();
  }

  @Override
  public long dropped() {
    return dropped.get();
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
        state() == OutputState.CANCELLED ? Optional.of(canceled()) : failure(),
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
      queue.close();
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
