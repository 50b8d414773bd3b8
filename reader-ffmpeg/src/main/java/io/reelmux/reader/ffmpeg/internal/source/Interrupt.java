package io.reelmux.reader.ffmpeg.internal.source;

import io.reelmux.ffmpeg.internal.av.CallbackTargets;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/**
 * Lets a cancellation end FFmpeg's own waiting for connections. A demuxer that reads a caller's
 * source is never asked; there, the source is.
 */
public final class Interrupt implements AutoCloseable {
  private final CallbackTargets.Handle handle;

  /** Installs the function in a context that is not open; close this after the context. */
  public Interrupt(AVFormatContext context, Cancellation cancellation) {
    handle = SourceCallbacks.CANCELLATIONS.newHandle();
    SourceCallbacks.CANCELLATIONS.register(handle, cancellation);
    context.interrupt_callback().callback(SourceCallbacks.INTERRUPT).opaque(handle);
  }

  @Override
  public void close() {
    SourceCallbacks.CANCELLATIONS.unregister(handle);
  }
}
