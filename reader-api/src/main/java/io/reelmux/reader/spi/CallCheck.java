package io.reelmux.reader.spi;

/**
 * Tells a backend when a call must end: after {@code cancel()} or {@code close()}, or once the
 * deadline has passed. A backend asks between the steps of long work, such as scanning a file or
 * decoding up to a frame, and wherever the library lets it interrupt a connection. Reading the
 * source asks, too.
 */
@FunctionalInterface
public interface CallCheck {

  /**
   * Returns if the call that runs on the current thread may go on. Does nothing on threads that run
   * no call of the reader.
   *
   * @throws java.util.concurrent.CancellationException if the call must end; the backend lets it
   *     through, or throws any other exception instead
   */
  void check();
}
