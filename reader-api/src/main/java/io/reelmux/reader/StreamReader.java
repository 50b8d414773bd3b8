package io.reelmux.reader;

/**
 * A reader of one stream of a file. One thread at a time; further calls wait. Different readers may
 * be used on different threads at once.
 */
public sealed interface StreamReader extends AutoCloseable permits VideoReader, AudioReader {

  /** {@return what the file says of the stream} */
  StreamInfo info();

  /**
   * Returns what decoding has met so far; also after {@link #close}. Waits for a call in progress.
   *
   * @return the totals since the reader was opened
   */
  ReadReport report();

  /**
   * Releases the decoder. A call in progress on another thread ends with a {@link
   * java.util.concurrent.CancellationException}. What was read remains valid. A second call does
   * nothing, and {@link MediaReader#close} closes all readers.
   *
   * @throws IllegalStateException if the source calls it during a call of its own reader
   */
  @Override
  void close();
}
