package io.reelmux;

import io.reelmux.spi.OutputControl;
import java.util.Optional;

/** An output that nothing happens to. */
final class FakeOutput implements OutputControl {

  @Override
  public OutputState state() {
    return OutputState.RUNNING;
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.empty();
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long waiting() {
    return 0;
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public boolean hasThread() {
    return false;
  }

  @Override
  public void finish() {}

  @Override
  public boolean cancel() {
    return true;
  }

  @Override
  public void fail(Throwable failure) {}
}
