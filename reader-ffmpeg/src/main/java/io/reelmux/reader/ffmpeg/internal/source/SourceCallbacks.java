package io.reelmux.reader.ffmpeg.internal.source;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;

import io.reelmux.ffmpeg.internal.av.CallbackTargets;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The functions that FFmpeg calls for all sources of this JVM.
 *
 * <p>These functions must not throw: an exception that escapes a native callback kills the JVM.
 */
final class SourceCallbacks {

  static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          SourceContext context = CONTEXTS.find(opaque);
          return context == null ? AVERROR_EXIT : context.read(buffer, size);
        }
      };

  static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          SourceContext context = CONTEXTS.find(opaque);
          return context == null ? AVERROR_EXIT : context.seek(offset, whence);
        }
      };

  static final AVIOInterruptCB.Callback_Pointer INTERRUPT =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer opaque) {
          Cancellation cancellation = CANCELLATIONS.find(opaque);
          return cancellation == null || cancellation.isCancelled() ? 1 : 0;
        }
      };

  static final CallbackTargets<SourceContext> CONTEXTS = new CallbackTargets<>();

  static final CallbackTargets<Cancellation> CANCELLATIONS = new CallbackTargets<>();

  private SourceCallbacks() {}
}
