package io.reelmux.ffmpeg.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A stream whose writes wait until it is opened, and ignore interrupts. */
final class Gate extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  @Override
  public void write(int value) {
    throw new AssertionError("bytes come in arrays");
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    reached.countDown();
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException e) {
        continue;
      }
    }
    bytes.write(data, offset, length);
  }

  void awaitReached() throws InterruptedException {
    if (!reached.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing was written");
    }
  }

  void open() {
    open.countDown();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
