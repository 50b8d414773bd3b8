package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;

import io.reelmux.ffmpeg.internal.av.CallbackTargets;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The functions that FFmpeg calls for all destinations of this JVM.
 *
 * <p>These functions must not throw: an exception that escapes a native callback kills the JVM.
 */
final class IoCallbacks {

  static final Write_packet_Pointer_BytePointer_int WRITE =
      new Write_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
          IoContext context = CONTEXTS.find(opaque);
          return context == null ? AVERROR_EXTERNAL : context.write(buffer, size);
        }
      };

  static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          IoContext context = CONTEXTS.find(opaque);
          return context == null ? AVERROR_EXTERNAL : context.seek(offset, whence);
        }
      };

  static final CallbackTargets<IoContext> CONTEXTS = new CallbackTargets<>();

  private IoCallbacks() {}

  /** Apart from the others, because few muxers read what they have written. */
  static final class Reading {

    static final Read_packet_Pointer_BytePointer_int READ =
        new Read_packet_Pointer_BytePointer_int() {
          @Override
          public int call(Pointer opaque, BytePointer buffer, int size) {
            IoContext context = CONTEXTS.find(opaque);
            return context == null ? AVERROR_EOF : context.read(buffer, size);
          }
        };

    private Reading() {}
  }
}
