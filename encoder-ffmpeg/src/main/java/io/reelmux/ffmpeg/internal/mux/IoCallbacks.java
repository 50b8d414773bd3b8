package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The three functions that FFmpeg calls for all destinations of this JVM. A JavaCPP callback class
 * has ten native slots, and an eleventh instance is never called. So there is one instance of each,
 * which finds its I/O context by the number in {@code opaque}.
 *
 * <p>These functions must not throw: an exception that escapes a native callback kills the JVM.
 */
final class IoCallbacks {

  static final Write_packet_Pointer_BytePointer_int WRITE =
      new Write_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          IoContext context = find(opaque);
          return context == null ? AVERROR_EXTERNAL : context.write(buffer, size);
        }
      };

  static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          IoContext context = find(opaque);
          return context == null ? AVERROR_EXTERNAL : context.seek(offset, whence);
        }
      };

  static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          IoContext context = find(opaque);
          return context == null ? AVERROR_EOF : context.read(buffer, size);
        }
      };

  private static final AtomicLong NEXT = new AtomicLong(1);
  private static final Map<Long, IoContext> CONTEXTS = new ConcurrentHashMap<>();

  private IoCallbacks() {}

  /** The number of an I/O context as a pointer that is never dereferenced. */
  static final class Handle extends Pointer {
    Handle(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  static Handle newHandle() {
    return new Handle(NEXT.getAndIncrement());
  }

  static void register(Handle handle, IoContext context) {
    CONTEXTS.put(handle.address(), context);
  }

  static void unregister(Handle handle) {
    CONTEXTS.remove(handle.address());
  }

  private static @Nullable IoContext find(@Nullable Pointer opaque) {
    return opaque == null ? null : CONTEXTS.get(opaque.address());
  }
}
