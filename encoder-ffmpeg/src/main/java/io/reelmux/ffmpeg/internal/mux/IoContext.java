package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_malloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_alloc_context;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_context_free;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_SEEKABLE_NORMAL;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.CallbackTargets;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Owns an AVIOContext and its buffer, and passes its bytes to a {@link Sink}. */
final class IoContext extends NativeOwner {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Sink sink;
  private final boolean reading;
  private final CallbackTargets.Handle handle;
  private final AVIOContext struct;
  private long readPosition;

  /** Java view of the muxer's buffer, cached because the buffer rarely moves. */
  private @Nullable ByteBuffer view;

  private long viewAddress;

  private IoContext(Sink sink, boolean reading, CallbackTargets.Handle handle, AVIOContext struct) {
    this.sink = sink;
    this.reading = reading;
    this.handle = handle;
    this.struct = struct;
    struct.seekable(sink.seekable() ? AVIO_SEEKABLE_NORMAL : 0);
    IoCallbacks.CONTEXTS.register(handle, this);
  }

  private static IoContext create(Sink sink, boolean reading) throws EncoderException {
    CallbackTargets.Handle handle = IoCallbacks.CONTEXTS.newHandle();
    return new IoContext(sink, reading, handle, allocate(sink, handle, reading));
  }

  private static AVIOContext allocate(Sink sink, Pointer handle, boolean reading)
      throws EncoderException {
    Pointer memory = av_malloc(BUFFER_BYTES);
    BytePointer buffer = new BytePointer(Av.allocated(memory, "allocate an I/O buffer"));
    AVIOContext struct = null;
    try {
      struct =
          avio_alloc_context(
              buffer,
              BUFFER_BYTES,
              reading ? 0 : 1,
              handle,
              reading ? IoCallbacks.Reading.READ : null,
              reading ? null : IoCallbacks.WRITE,
              // a muxer works around a missing function, but not around one that fails
              sink.seekable() ? IoCallbacks.SEEK : null);
      return Av.allocated(struct, "allocate an I/O context");
    } finally {
      if (struct == null || struct.isNull()) {
        av_free(buffer);
      }
    }
  }

  /** Returns a context that writes. */
  static IoContext writing(Sink sink) throws EncoderException {
    return create(sink, /* reading= */ false);
  }

  /** Returns a second context over the same destination, which reads. */
  static IoContext reading(Sink sink) throws EncoderException {
    return create(sink, /* reading= */ true);
  }

  int write(BytePointer buffer, int size) {
    try {
      sink.write(view(buffer, size));
      return size;
    } catch (Throwable e) {
      sink.fail(e);
      return AVERROR_EXTERNAL;
    }
  }

  long seek(long offset, int whence) {
    try {
      if (!reading) {
        return sink.seek(offset, whence);
      }
      if (whence == 0) {
        readPosition = offset;
        return offset;
      }
      return whence == 0x10000 ? sink.size() : AVERROR_EXTERNAL;
    } catch (Throwable e) {
      sink.fail(e);
      return AVERROR_EXTERNAL;
    }
  }

  int read(BytePointer buffer, int size) {
    try {
      int count = sink.read(readPosition, view(buffer, size));
      if (count <= 0) {
        return AVERROR_EOF;
      }
      readPosition += count;
      return count;
    } catch (Throwable e) {
      sink.fail(e);
      return AVERROR_EXTERNAL;
    }
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

  AVIOContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    IoCallbacks.CONTEXTS.unregister(handle);
    av_free(struct.buffer());
    avio_context_free(struct);
  }
}
