package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.av.OutputContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a muxer open its own output a second time, to move the media data behind the index. Whatever
 * URL the muxer asks for, it gets a context that reads from the same destination.
 */
final class FastStart implements AutoCloseable {
  private static final Map<Long, FastStart> BY_CONTEXT = new ConcurrentHashMap<>();

  private static final AVFormatContext
          .Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer
      OPEN =
          new AVFormatContext
              .Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer() {
            @Override
            @SuppressWarnings("rawtypes") // the native signature
            public int call(
                AVFormatContext context,
                PointerPointer target,
                BytePointer url,
                int flags,
                PointerPointer options) {
              FastStart owner = BY_CONTEXT.get(context.address());
              return owner == null ? avutil.AVERROR_EXTERNAL : owner.open(target);
            }
          };

  private static final AVFormatContext.Io_close2_AVFormatContext_AVIOContext CLOSE =
      new AVFormatContext.Io_close2_AVFormatContext_AVIOContext() {
        @Override
        public int call(AVFormatContext context, AVIOContext io) {
          // the FastStart owns the reading context and closes it
          return 0;
        }
      };

  private final long context;
  private final Sink sink;
  private @Nullable IoContext reading;

  private FastStart(long context, Sink sink) {
    this.context = context;
    this.sink = sink;
  }

  static FastStart install(OutputContext output, Sink sink) {
    FastStart owner = new FastStart(output.struct().address(), sink);
    BY_CONTEXT.put(owner.context, owner);
    output.struct().io_open(OPEN);
    output.struct().io_close2(CLOSE);
    return owner;
  }

  private int open(PointerPointer<?> target) {
    try {
      if (reading != null) {
        return avutil.AVERROR_EXTERNAL;
      }
      IoContext opened = IoContext.reading(sink);
      reading = opened;
      target.put(0, opened.struct());
      return 0;
    } catch (Throwable e) {
      sink.fail(e);
      return avutil.AVERROR_EXTERNAL;
    }
  }

  @Override
  public void close() {
    BY_CONTEXT.remove(context);
    if (reading != null) {
      reading.close();
    }
  }
}
