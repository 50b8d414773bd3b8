package io.reelmux.reader.ffmpeg.internal.source;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions that FFmpeg calls for all sources of this JVM. A JavaCPP callback class has ten
 * native slots, and an eleventh instance is never called. So there is one instance of each, which
 * finds its object by the number in {@code opaque}.
 *
 * <p>These functions must not throw: an exception that escapes a native callback kills the JVM.
 */
final class SourceCallbacks {

  static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          SourceContext context = find(opaque, SourceContext.class);
          return context == null ? AVERROR_EXIT : context.read(buffer, size);
        }
      };

  static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          SourceContext context = find(opaque, SourceContext.class);
          return context == null ? AVERROR_EXIT : context.seek(offset, whence);
        }
      };

  static final AVIOInterruptCB.Callback_Pointer INTERRUPT =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer opaque) {
          Cancellation cancellation = find(opaque, Cancellation.class);
          return cancellation == null || cancellation.isCancelled() ? 1 : 0;
        }
      };

  private static final AtomicLong NEXT = new AtomicLong(1);
  private static final Map<Long, Object> OBJECTS = new ConcurrentHashMap<>();

  private SourceCallbacks() {}

  /** The number of an object as a pointer that is never dereferenced. */
  static final class Handle extends Pointer {
    Handle(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  static Handle newHandle() {
    return new Handle(NEXT.getAndIncrement());
  }

  static void register(Handle handle, Object object) {
    OBJECTS.put(handle.address(), object);
  }

  static void unregister(Handle handle) {
    OBJECTS.remove(handle.address());
  }

  private static <T> @Nullable T find(@Nullable Pointer opaque, Class<T> type) {
    Object found = opaque == null ? null : OBJECTS.get(opaque.address());
    return type.isInstance(found) ? type.cast(found) : null;
  }
}
