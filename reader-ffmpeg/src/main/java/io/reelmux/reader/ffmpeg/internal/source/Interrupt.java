package io.reelmux.reader.ffmpeg.internal.source;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/**
 * Lets a cancellation end FFmpeg's own waiting for connections. A demuxer that reads a caller's
 * source is never asked; there, the source is.
 */
public final class Interrupt implements AutoCloseable {
  private final SourceCallbacks.Handle handle;

  /** Installs the function in a context that is not open; close this after the context. */
  public Interrupt(AVFormatContext context, Cancellation cancellation) {
    handle = SourceCallbacks.newHandle();
    SourceCallbacks.register(handle, cancellation);
    context.interrupt_callback().callback(SourceCallbacks.INTERRUPT).opaque(handle);
  }

  @Override
  public void close() {
    SourceCallbacks.unregister(handle);
  }
}
