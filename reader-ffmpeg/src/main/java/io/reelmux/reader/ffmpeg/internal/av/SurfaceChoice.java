package io.reelmux.reader.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;

import io.reelmux.ffmpeg.internal.av.CallbackTargets;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.javacpp.IntPointer;

/**
 * Answers a decoder's question which of its pixel formats it should use: surfaces of the GPU. If it
 * offers none, or no longer because the GPU refuses the stream, none is chosen and decoding fails:
 * the CPU never takes over without our knowledge.
 *
 * <p>The callback must not throw: an exception that escapes it kills the JVM.
 */
final class SurfaceChoice implements AutoCloseable {
  private static final CallbackTargets<SurfaceChoice> CHOICES = new CallbackTargets<>();

  private static final AVCodecContext.Get_format_AVCodecContext_IntPointer GET_FORMAT =
      new AVCodecContext.Get_format_AVCodecContext_IntPointer() {
        @Override
        public int call(AVCodecContext context, IntPointer formats) {
          SurfaceChoice choice = CHOICES.find(context.opaque());
          return choice == null ? AV_PIX_FMT_NONE : choice.choose(formats);
        }
      };

  private final CallbackTargets.Handle handle = CHOICES.newHandle();
  private volatile boolean asked;
  private volatile boolean refused;

  private SurfaceChoice() {}

  /** Answers for a decoder that has not been opened, until this is closed after the decoder. */
  static SurfaceChoice of(AVCodecContext decoder) {
    SurfaceChoice choice = new SurfaceChoice();
    CHOICES.register(choice.handle, choice);
    decoder.opaque(choice.handle);
    decoder.get_format(GET_FORMAT);
    return choice;
  }

  private int choose(IntPointer formats) {
    asked = true;
    for (long i = 0; formats.get(i) != AV_PIX_FMT_NONE; i++) {
      if (formats.get(i) == AV_PIX_FMT_CUDA) {
        return AV_PIX_FMT_CUDA;
      }
    }
    refused = true;
    return AV_PIX_FMT_NONE;
  }

  /** Whether the decoder has asked. */
  boolean isAsked() {
    return asked;
  }

  /** Whether the decoder could not use the GPU. */
  boolean isRefused() {
    return refused;
  }

  @Override
  public void close() {
    CHOICES.unregister(handle);
  }
}
