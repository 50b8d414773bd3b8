package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.OutputState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Passes each packet to all outputs, and decides when the failure of one ends the encoding: if it
 * is required, or was the last one.
 */
final class Fan implements PacketTarget {
  private final List<Branch> branches = new CopyOnWriteArrayList<>();

  private final List<Integer> endedStreams = new ArrayList<>();

  /** What was thrown last for an output that has a thread of its own. */
  private @Nullable Throwable thrown;

  private boolean salvaging;

  /** Adds an output; from then on all have threads if there are several. */
  void add(Branch branch) {
    branches.add(branch);
    if (branches.size() > 1) {
      branches.forEach(Branch::useThread);
    }
  }

  /**
   * Checks that an output will receive anything.
   *
   * @throws IllegalStateException if all its streams have ended
   */
  void requireStreams(OutputTarget output) {
    if (endedStreams.containsAll(output.streams().numbers())) {
      throw new IllegalStateException(
          "output '"
              + output.settings().name()
              + "' was attached after all its streams had ended: attach it before");
    }
  }

  /** Adds an output while packets are being written, which misses the streams that have ended. */
  void attach(Branch branch) throws IOException {
    add(branch);
    for (int stream : endedStreams) {
      branch.end(stream);
    }
  }

  Branch branch(int number) {
    return branches.get(number);
  }

  List<Branch> branches() {
    return branches;
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    for (Branch branch : branches) {
      branch.begin(firsts);
    }
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    // for each packet, so without an iterator
    for (int i = 0; i < branches.size(); i++) {
      branches.get(i).write(stream, packet);
    }
    throwIfOver();
  }

  @Override
  public void end(int stream) throws IOException {
    endedStreams.add(stream);
    for (Branch branch : branches) {
      branch.end(stream);
    }
  }

  private void throwIfOver() throws IOException {
    if (salvaging) {
      return;
    }
    Branch failed = null;
    boolean others = false;
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      OutputState state = branch.state();
      if (state == OutputState.FAILED) {
        failed = failed == null || branch.isRequired() ? branch : failed;
      } else {
        others |= state != OutputState.CANCELLED;
      }
    }
    if (failed != null && (failed.isRequired() || !others)) {
      thrown = failed.failure().orElseThrow();
      failed.throwFailure();
    }
  }

  /** Whether the failure of an output was thrown while others can still be completed. */
  boolean endedByOutput(@Nullable Throwable failure) {
    return failure != null && failure == thrown && branches.stream().anyMatch(Branch::isActive);
  }

  /** From now on, failures are not thrown: the first one has been. */
  void salvaging() {
    salvaging = true;
  }

  /** Completes all outputs, then throws what has to be thrown. */
  @Override
  public void finish() throws IOException {
    for (Branch branch : branches) {
      branch.requestFinish();
    }
    branches.forEach(Branch::await);
    throwIfOver();
  }

  @Override
  public boolean canFinish() {
    return branches.stream().anyMatch(Branch::canFinish);
  }

  @Override
  public void cancel() {
    branches.forEach(Branch::cancel);
  }

  @Override
  public long size() {
    return branches.stream().mapToLong(Branch::bytes).sum();
  }

  @Override
  public void close() {
    branches.forEach(Branch::close);
  }
}
