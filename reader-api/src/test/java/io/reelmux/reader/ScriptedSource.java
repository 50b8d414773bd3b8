package io.reelmux.reader;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** A source of any size whose reads do what a test wants, from a given one on. */
final class ScriptedSource implements ByteSource {

  /** A read. */
  @FunctionalInterface
  interface Read {
    int read(long position, ByteBuffer target) throws IOException;
  }

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch proceed = new CountDownLatch(1);
  private volatile Read script = ScriptedSource::whole;
  private volatile boolean closed;

  private static int whole(long position, ByteBuffer target) {
    int count = target.remaining();
    while (target.hasRemaining()) {
      target.put((byte) 1);
    }
    return count;
  }

  /** Sets what reads do from now on. */
  ScriptedSource then(Read read) {
    script = read;
    return this;
  }

  /** From now on reads block until they are interrupted, or {@link #proceed}. */
  ScriptedSource block() {
    return then(
        (position, target) -> {
          reached.countDown();
          try {
            proceed.await();
          } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
          }
          return whole(position, target);
        });
  }

  /** From now on reads block until {@link #proceed}, even if they are interrupted. */
  ScriptedSource blockStubbornly() {
    return then(
        (position, target) -> {
          reached.countDown();
          boolean interrupted = false;
          while (true) {
            try {
              proceed.await();
              break;
            } catch (InterruptedException e) {
              interrupted = true;
            }
          }
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
          return whole(position, target);
        });
  }

  void awaitReached() throws InterruptedException {
    Background.await(reached);
  }

  void proceed() {
    proceed.countDown();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    return script.read(position, target);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "a scripted source";
  }
}
