package io.reelmux.reader.ffmpeg.internal.source;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_malloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_context_free;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_SEEKABLE_NORMAL;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.CallbackTargets;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Owns an AVIOContext and its buffer, and fills it from a {@link SourceReader}. */
public final class SourceContext extends NativeOwner {
  private static final int BUFFER_BYTES = 64 << 10;

  private final SourceReader reader;
  private final CallbackTargets.Handle handle;
  private final AVIOContext struct;

  /** Java view of FFmpeg's buffer, cached because the buffer rarely moves. */
  private @Nullable ByteBuffer view;

  private long viewAddress;

  private SourceContext(SourceReader reader, CallbackTargets.Handle handle, AVIOContext struct) {
    this.reader = reader;
    this.handle = handle;
    this.struct = struct;
    struct.seekable(reader.seekable() ? AVIO_SEEKABLE_NORMAL : 0);
    SourceCallbacks.CONTEXTS.register(handle, this);
  }

  /** Returns a context that reads from a reader. */
  public static SourceContext of(SourceReader reader) throws EncoderException {
    CallbackTargets.Handle handle = SourceCallbacks.CONTEXTS.newHandle();
    return new SourceContext(reader, handle, allocate(reader, handle));
  }

  private static AVIOContext allocate(SourceReader reader, Pointer handle) throws EncoderException {
    Pointer memory = av_malloc(BUFFER_BYTES);
    BytePointer buffer = new BytePointer(Av.allocated(memory, "allocate an I/O buffer"));
    AVIOContext struct = null;
    try {
      struct =
          avio_alloc_context(
              buffer,
              BUFFER_BYTES,
              handle,
              SourceCallbacks.READ,
              reader.seekable() ? SourceCallbacks.SEEK : null);
      return Av.allocated(struct, "allocate an I/O context");
    } finally {
      if (struct == null || struct.isNull()) {
        av_free(buffer);
      }
    }
  }

  int read(BytePointer buffer, int size) {
    return reader.read(view(buffer, size));
  }

  long seek(long offset, int whence) {
    return reader.seek(offset, whence);
  }

  private ByteBuffer view(BytePointer buffer, int size) {
    ByteBuffer current = view;
    if (current == null || viewAddress != buffer.address() || current.capacity() < size) {
      current = buffer.capacity(size).asByteBuffer();
      view = current;
      viewAddress = buffer.address();
    }
    return current.clear().limit(size);
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVIOContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    SourceCallbacks.CONTEXTS.unregister(handle);
    av_free(struct.buffer());
    avio_context_free(struct);
  }
}
